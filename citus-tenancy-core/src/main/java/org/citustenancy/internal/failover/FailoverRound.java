package org.citustenancy.internal.failover;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for nodes whose registered address leads to no server, to a standby or to a superseded primary, and gives every
 * database the address of the server that took over: the one with the node's system identifier, out of recovery, and on a
 * higher timeline than the known one.
 */
public final class FailoverRound {

    private static final Logger LOG = LoggerFactory.getLogger(FailoverRound.class);
    private static final int COORDINATOR = 0;

    private final Cluster cluster;
    private final FailoverOptions options;
    private final ServerProbe probe;

    /** The workers of the last round by group. Changes from before the first round are found by verify and repair. */
    private final Map<Integer, Node> addresses = new HashMap<>();

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
        Optional<ServerIdentity> successorOfOwn =
                Optional.ofNullable(known.get(COORDINATOR)).filter(latest -> !own.continues(latest));
        if (successorOfOwn.isPresent()) {
            // The node lists of a superseded coordinator are no longer those of the cluster.
            return report(
                    List.of(),
                    List.of("the coordinator to which this process is connected was superseded: it is on timeline "
                            + own.timeline() + ", and its successor on timeline "
                            + successorOfOwn.get().timeline()));
        }
        List<NodeChange> changes = new ArrayList<>();
        List<String> obstacles = new ArrayList<>();
        followOthers(topology, servers, changes, obstacles);
        Map<Node, String> failed = failed(topology, replies, servers, known, own);
        Map<Node, NodeReply<ServerIdentity>> candidates = failed.isEmpty() ? Map.of() : probe.ask(candidates(topology));
        failed.forEach((node, difference) -> {
            Optional<Node> successor = node.isCoordinator()
                    ? addressOf(own, candidates)
                    : servers.group(node).map(known::get).flatMap(server -> successor(server, candidates));
            if (successor.isEmpty()) {
                obstacles.add("the " + node + " " + difference + "; no promoted standby of it was found");
            } else {
                Node moved = new Node(
                        node.role(), successor.get().host(), successor.get().port());
                follow(node, moved, true, changes, obstacles);
                servers.group(node).ifPresent(group -> addresses.put(group, moved));
            }
        });
        return report(changes, obstacles);
    }

    private static FailoverReport report(List<NodeChange> changes, List<String> obstacles) {
        return new FailoverReport(Instant.now(), true, changes, obstacles);
    }

    /** Returns the nodes whose address leads to no server, or to a wrong one, each with the difference. */
    private static Map<Node, String> failed(
            Topology topology,
            Map<Node, NodeReply<ServerIdentity>> replies,
            KnownServers servers,
            Map<Integer, ServerIdentity> known,
            ServerIdentity own) {
        Map<Node, String> failed = new LinkedHashMap<>();
        for (Node node : topology.nodes()) {
            Optional<ServerIdentity> expected = node.isCoordinator()
                    ? Optional.of(own)
                    : servers.group(node).map(known::get);
            difference(answer(replies, node), expected)
                    .ifPresent(difference -> failed.put(node, difference + reason(replies, node)));
        }
        return failed;
    }

    /**
     * Gives the projects the addresses that another program, such as Patroni, has given the maintenance database since the
     * last round of this process.
     */
    private void followOthers(
            Topology topology, KnownServers servers, List<NodeChange> changes, List<String> obstacles) {
        Map<Integer, Node> now = new HashMap<>();
        topology.workers().forEach(worker -> servers.group(worker).ifPresent(group -> now.put(group, worker)));
        addresses.forEach((group, former) -> {
            Node moved = now.get(group);
            if (moved != null && !moved.equals(former)) {
                follow(former, moved, false, changes, obstacles);
            }
        });
        addresses.clear();
        addresses.putAll(now);
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
            return Optional.of("has a standby at its address");
        }
        return known.filter(earlier -> !server.get().continues(earlier))
                .map(earlier -> "has another or a superseded server at its address");
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

    private void follow(Node node, Node moved, boolean fence, List<NodeChange> changes, List<String> obstacles) {
        try {
            if (fence) {
                options.fence().accept(node);
            }
            NodeChange change = (node.isCoordinator()
                            ? NodeRelocation.ofCoordinator(cluster, moved)
                            : NodeRelocation.ofWorker(cluster, node, moved))
                    .run();
            if (change.changed()) {
                changes.add(change);
            }
            change.failures()
                    .forEach((project, failure) -> obstacles.add(
                            "\"" + project + "\" did not follow the " + moved + ": " + failure.getMessage()));
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (RuntimeException failure) {
            // Of the library, or of the caller's fence. The next round tries again.
            LOG.warn("The {} could not be given the address {}", node, moved.address(), failure);
            obstacles.add(
                    "the " + node + " could not be given the address " + moved.address() + ": " + failure.getMessage());
        }
    }
}
