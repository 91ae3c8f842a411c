package org.citustenancy.internal.failover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.failover.FailoverReport;
import org.citustenancy.internal.observing.NodeReply;
import org.citustenancy.internal.observing.ServerIdentity;
import org.citustenancy.internal.observing.ServerObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.servers.KnownServers;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.workers.NodeRelocation;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;
import org.citustenancy.workers.NodeChange;

/**
 * Looks for nodes whose registered address leads to no server, to a standby or to a superseded primary, and gives every
 * database the address of the server that took over: the one with the node's system identifier, out of recovery, and on a
 * higher timeline than the known one.
 */
public final class FailoverRound {

    private final Cluster cluster;
    private final FailoverOptions options;
    private final ServerProbe probe;

    /** Creates the rounds of one process. */
    public FailoverRound(Cluster cluster, FailoverOptions options) {
        this.cluster = cluster;
        this.options = options;
        this.probe = new ServerProbe(cluster, options.probeTimeout());
    }

    /** Runs a round, unless another process does. */
    public FailoverReport run() {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            cluster.registry(maintenance).ensure();
            Optional<AdvisoryLock> lock = AdvisoryLock.tryOnFailover(maintenance);
            if (lock.isEmpty()) {
                return new FailoverReport(Instant.now(), false, List.of(), List.of());
            }
            try (AdvisoryLock held = lock.get()) {
                return run(maintenance, TopologyReader.read(maintenance, cluster.requireCitus()));
            }
        }
    }

    private FailoverReport run(Session maintenance, Topology topology) {
        ServerIdentity own = ServerObserver.own(maintenance);
        Map<Node, NodeReply<ServerIdentity>> replies = probe.ask(topology.nodes());
        Map<Node, ServerIdentity> seen = new LinkedHashMap<>();
        topology.workers().forEach(worker -> answer(replies, worker).ifPresent(server -> seen.put(worker, server)));
        Topology answering = topology.with(List.copyOf(seen.keySet()));
        seen.put(topology.coordinator(), own);
        KnownServers servers = new KnownServers(maintenance, answering);
        Map<Integer, ServerIdentity> known = servers.learn(seen, List.of());

        Map<Node, String> failed = new LinkedHashMap<>();
        for (Node node : topology.nodes()) {
            Optional<ServerIdentity> earlier = node.isCoordinator()
                    ? Optional.of(own)
                    : servers.group(node).map(known::get);
            difference(answer(replies, node), earlier)
                    .ifPresent(difference -> failed.put(node, difference + reason(replies, node)));
        }
        List<NodeChange> changes = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        if (!failed.isEmpty()) {
            Map<Node, NodeReply<ServerIdentity>> candidates = probe.ask(candidates(topology));
            failed.forEach((node, difference) -> {
                Optional<ServerIdentity> earlier = servers.group(node).map(known::get);
                Optional<Node> successor = node.isCoordinator()
                        ? addressOf(own, candidates)
                        : earlier.flatMap(server -> successor(server, candidates));
                follow(node, difference, successor, changes, obstacles);
            });
        }
        return new FailoverReport(Instant.now(), true, changes, obstacles);
    }

    private static Optional<ServerIdentity> answer(Map<Node, NodeReply<ServerIdentity>> replies, Node node) {
        return Optional.ofNullable(replies.get(node)).flatMap(NodeReply::answer);
    }

    private static String reason(Map<Node, NodeReply<ServerIdentity>> replies, Node node) {
        return Optional.ofNullable(replies.get(node))
                .filter(reply -> reply.answer().isEmpty())
                .map(reply -> ": " + reply.failure())
                .orElse("");
    }

    /** Returns what is wrong with the server at the address of a node. */
    private static Optional<String> difference(Optional<ServerIdentity> server, Optional<ServerIdentity> known) {
        if (server.isEmpty()) {
            return Optional.of("does not answer");
        }
        if (server.get().inRecovery()) {
            return Optional.of("is a standby at this address");
        }
        return known.filter(earlier -> !server.get().continues(earlier))
                .map(earlier -> "is another or a superseded server");
    }

    /** Returns the addresses at which a successor may be: all known ones that are no registered primary. */
    private Set<Node> candidates(Topology topology) {
        Set<Node> all = new LinkedHashSet<>();
        topology.secondaries().values().forEach(all::addAll);
        all.addAll(options.servers());
        all.addAll(options.directory().servers());
        Set<Node> candidates = new LinkedHashSet<>();
        all.stream()
                .map(server -> new Node(NodeRole.WORKER, server.host(), server.port()))
                .filter(server -> topology.nodes().stream()
                        .noneMatch(node -> node.address().equals(server.address())))
                .forEach(candidates::add);
        return candidates;
    }

    private static Optional<Node> successor(ServerIdentity earlier, Map<Node, NodeReply<ServerIdentity>> candidates) {
        return candidates.entrySet().stream()
                .filter(candidate -> candidate
                        .getValue()
                        .answer()
                        .filter(server ->
                                server.continues(earlier) && server.timeline().compareTo(earlier.timeline()) > 0)
                        .isPresent())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Returns the address of the coordinator to which this process is connected. */
    private static Optional<Node> addressOf(ServerIdentity own, Map<Node, NodeReply<ServerIdentity>> candidates) {
        return candidates.entrySet().stream()
                .filter(candidate -> candidate.getValue().answer().equals(Optional.of(own)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private void follow(
            Node node, String difference, Optional<Node> successor, List<NodeChange> changes, List<String> obstacles) {
        if (successor.isEmpty()) {
            obstacles.add("the " + node + " " + difference + "; no promoted standby of it was found");
            return;
        }
        Node moved =
                new Node(node.role(), successor.get().host(), successor.get().port());
        try {
            options.fence().accept(node);
            NodeChange change = (node.isCoordinator()
                            ? NodeRelocation.ofCoordinator(cluster, moved)
                            : NodeRelocation.ofWorker(cluster, node, moved))
                    .run();
            changes.add(change);
            change.failures()
                    .forEach((project, failure) -> obstacles.add(
                            "\"" + project + "\" did not follow the " + moved + ": " + failure.getMessage()));
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (CitusTenancyException failure) {
            obstacles.add("the " + node + " " + difference + ", and " + moved.address() + " could not be registered: "
                    + failure.getMessage());
        }
    }
}
