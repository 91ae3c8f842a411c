package org.citustenancy.internal.probing;

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
 * Queries servers as the coordinator reaches them. Each has a session and a deadline of its own, because a hung server
 * accepts connections and answers nothing.
 */
public final class ServerProbe {

    private final Cluster cluster;
    private final Duration timeout;

    /** Creates probes with a time limit for each server. */
    public ServerProbe(Cluster cluster, Duration timeout) {
        this.cluster = cluster;
        this.timeout = timeout;
    }

    /**
     * Queries one server through the coordinator.
     *
     * @param <T> the type of the answer
     */
    @FunctionalInterface
    public interface Query<T> {

        /** Returns the reply of the only server of the list. */
        Map<Node, NodeReply<T>> at(Session maintenance, Collection<Node> server);
    }

    /** Returns the identity of each server, or the reason for its absence. */
    public Map<Node, NodeReply<ServerIdentity>> ask(Collection<Node> servers) {
        return ask(servers, ServerObserver::at);
    }

    /** Returns the answer of each server, or the reason for its absence. */
    public <T> Map<Node, NodeReply<T>> ask(Collection<Node> servers, Query<T> query) {
        List<Node> all = List.copyOf(servers);
        List<NodeReply<T>> replies =
                new ParallelTasks(cluster.threads(), Math.max(1, all.size())).each(all, server -> ask(server, query));
        Map<Node, NodeReply<T>> byServer = new LinkedHashMap<>();
        for (int index = 0; index < all.size(); index++) {
            byServer.put(all.get(index), replies.get(index));
        }
        return byServer;
    }

    private <T> NodeReply<T> ask(Node server, Query<T> query) {
        try (Session maintenance = cluster.sessions().maintenance(Deadline.in(timeout))) {
            return query.at(maintenance, List.of(server)).values().iterator().next();
        } catch (DeadlineExceededException hangs) {
            return NodeReply.failed(server, "no answer within " + timeout.toMillis() + " ms");
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (CitusTenancyException failure) {
            return NodeReply.failed(server, failure.failure().what());
        }
    }
}
