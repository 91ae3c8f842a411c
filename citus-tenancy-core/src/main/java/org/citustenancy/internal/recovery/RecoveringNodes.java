package org.citustenancy.internal.recovery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.internal.observing.NodeReply;
import org.citustenancy.internal.observing.RecoveryObserver;
import org.citustenancy.internal.observing.ServerIdentity;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.servers.KnownServers;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.sql.RecoveryStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * The nodes whose distributed transactions can be recovered, if each of them is the expected server.
 *
 * @param nodes the state of each node that answers
 * @param known the known servers, by group
 * @param unexpected how nodes differ from the known servers; nothing may be recovered unless it is empty
 */
public record RecoveringNodes(
        Map<Node, RecoveryObserver.OnNode> nodes, Map<Integer, ServerIdentity> known, List<String> unexpected) {

    /** Copies the list. */
    public RecoveringNodes {
        unexpected = List.copyOf(unexpected);
    }

    /** Observes every node, and learns the servers that are new. */
    public static RecoveringNodes observe(Session maintenance, Topology topology) {
        KnownServers servers = new KnownServers(maintenance, topology);
        Map<Integer, ServerIdentity> known = servers.learn(List.of());
        List<String> unexpected = new ArrayList<>();
        Map<Node, RecoveryObserver.OnNode> nodes = new LinkedHashMap<>();
        RecoveryObserver.of(maintenance, topology).forEach((node, reply) -> {
            reply.answer().ifPresent(seen -> nodes.put(node, seen));
            difference(node, reply, servers.group(node).map(known::get)).ifPresent(unexpected::add);
        });
        return new RecoveringNodes(nodes, known, unexpected);
    }

    private static Optional<String> difference(
            Node node, NodeReply<RecoveryObserver.OnNode> reply, Optional<ServerIdentity> known) {
        if (reply.answer().isEmpty()) {
            return Optional.of("the " + node + " does not answer: " + reply.failure());
        }
        ServerIdentity server = reply.answer().get().server();
        if (server.inRecovery()) {
            return Optional.of("the server at the address of the " + node + " is a standby");
        }
        return known.filter(earlier -> !server.continues(earlier))
                .map(earlier -> "the server at the address of the " + node + " has system identifier " + server.system()
                        + " on timeline " + server.timeline() + ", and " + earlier.system() + " on timeline "
                        + earlier.timeline() + " is known");
    }

    /**
     * Recovers what some nodes have coordinated in a database, if all nodes are still the same servers.
     *
     * @param recovered is notified of each node whose transactions were recovered
     * @return the failures
     */
    public List<String> recover(
            Cluster cluster, String database, Collection<Node> coordinating, Consumer<Node> recovered) {
        if (coordinating.isEmpty()) {
            return List.of();
        }
        List<String> expected = new ArrayList<>();
        nodes.forEach((node, seen) -> expected.add(node.address() + " " + identity(seen)));
        List<String> failures = new ArrayList<>();
        Map<Node, String> onWorkers = new LinkedHashMap<>();
        try (Session session = cluster.sessions().recovering(database, cluster.deadline())) {
            for (Node node : coordinating) {
                Query recovery =
                        RecoveryStatements.recover(expected, identity(Objects.requireNonNull(nodes.get(node))));
                if (node.isCoordinator()) {
                    session.execute(recovery);
                    recovered.accept(node);
                } else {
                    onWorkers.put(node, Sql.text(recovery));
                }
            }
            if (!onWorkers.isEmpty()) {
                NodeCommands.on(session).run(onWorkers).forEach((node, answer) -> {
                    if (answer.success()) {
                        recovered.accept(node);
                    } else {
                        failures.add("\"" + database + "\" on the " + node + ": " + answer.text());
                    }
                });
            }
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (CitusTenancyException failure) {
            failures.add("\"" + database + "\": " + failure.getMessage());
        }
        return failures;
    }

    private static String identity(RecoveryObserver.OnNode seen) {
        return RecoveryStatements.identity(seen.server().system(), seen.server().timeline());
    }
}
