package org.citustenancy.internal.failover;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.observing.NodeReply;
import org.citustenancy.internal.observing.ServerIdentity;
import org.citustenancy.internal.observing.ServerObserver;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.topology.Node;

/**
 * Asks servers for their identity, as the coordinator reaches them. Each has a session and a deadline of its own,
 * because a hung server accepts connections and answers nothing.
 */
final class ServerProbe {

    private final Cluster cluster;
    private final Duration timeout;

    ServerProbe(Cluster cluster, Duration timeout) {
        this.cluster = cluster;
        this.timeout = timeout;
    }

    /** Returns the answer of each server, or the reason for its absence. */
    Map<Node, NodeReply<ServerIdentity>> ask(Collection<Node> servers) {
        List<Node> all = List.copyOf(servers);
        List<NodeReply<ServerIdentity>> replies =
                new ParallelTasks(cluster.threads(), Math.max(1, all.size())).each(all, this::ask);
        Map<Node, NodeReply<ServerIdentity>> byServer = new LinkedHashMap<>();
        for (int index = 0; index < all.size(); index++) {
            byServer.put(all.get(index), replies.get(index));
        }
        return byServer;
    }

    private NodeReply<ServerIdentity> ask(Node server) {
        try (Session maintenance = cluster.sessions().maintenance(Deadline.in(timeout))) {
            return ServerObserver.at(maintenance, List.of(server))
                    .values()
                    .iterator()
                    .next();
        } catch (DeadlineExceededException hangs) {
            return NodeReply.failed(server, "no answer within " + timeout.toMillis() + " ms");
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (CitusTenancyException failure) {
            return NodeReply.failed(server, failure.failure().what());
        }
    }
}
