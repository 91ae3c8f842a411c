package org.citustenancy.internal.failover;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.failover.FailoverReport;
import org.citustenancy.internal.concurrent.LimitedCall;
import org.citustenancy.internal.observing.NodeReply;
import org.citustenancy.internal.observing.ServerIdentity;
import org.citustenancy.internal.observing.ServerObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.probing.ServerProbe;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.servers.KnownServers;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Session;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;

/**
 * Looks for nodes whose registered address leads to no server, to a standby or to a superseded primary, and gives every
 * database the address of the server that took over: the one with the node's system identifier, out of recovery, and on
 * a higher timeline than the known one.
 */
public final class FailoverRound {

    private static final int COORDINATOR = 0;

    private final Cluster cluster;
    private final NamedServers servers;
    private final Consumer<Node> fence;
    private final ServerProbe probe;
    private final Map<Node, LimitedCall> fences = new HashMap<>();
    private volatile boolean awaitsPromotion;

    /** The workers of the last round by group. Changes from before the first round are found by verify and repair. */
    private final Map<Integer, Node> addresses = new HashMap<>();

    /** Creates the rounds of one process. */
    public FailoverRound(Cluster cluster, FailoverOptions options) {
        this.cluster = cluster;
        this.servers = new NamedServers(cluster, options);
        // The session that registers the successor has the rest of the deadline.
        Duration limit = cluster.allowed().dividedBy(2);
        this.fence = node -> fences.computeIfAbsent(
                        node, failed -> new LimitedCall(cluster.threads(), "the fence of the " + failed, limit))
                .run(() -> {
                    options.fence().accept(node);
                    return node;
                });
        this.probe = new ServerProbe(cluster, options.probeTimeout());
    }

    /** Runs a round, unless another process does. */
    public FailoverReport run() {
        awaitsPromotion = false;
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            cluster.registry(maintenance).ensure();
            Optional<AdvisoryLock> lock = AdvisoryLock.tryOnFailover(maintenance);
            if (lock.isEmpty()) {
                return new FailoverReport(Instant.now(), false, List.of(), List.of());
            }
            // A statement that releases the lock would fail if the round took until the deadline.
            lock.get().untilTheSessionEnds();
            return run(maintenance, TopologyReader.read(maintenance, cluster.requireCitus()));
        }
    }

    private FailoverReport run(Session maintenance, Topology topology) {
        ServerIdentity own = ServerObserver.own(maintenance);
        Map<Node, NodeReply<ServerIdentity>> replies = probe.ask(topology.nodes());
        Map<Node, ServerIdentity> seen = new LinkedHashMap<>();
        topology.workers().forEach(worker -> answer(replies, worker).ifPresent(server -> seen.put(worker, server)));
        Topology answering = topology.with(List.copyOf(seen.keySet()));
        seen.put(topology.coordinator(), own);
        KnownServers knowledge = new KnownServers(maintenance, answering);
        Map<Integer, ServerIdentity> before = knowledge.all();
        Map<Integer, ServerIdentity> known = knowledge.learn(seen, List.of());
        Optional<ServerIdentity> latest = Optional.ofNullable(known.get(COORDINATOR));
        if (latest.isPresent() && !own.continues(latest.get())) {
            // The node lists of a superseded coordinator are no longer those of the cluster.
            return new FailoverReport(
                    Instant.now(),
                    true,
                    List.of(),
                    List.of("the coordinator to which this process is "
                            + "connected was superseded or replaced: it is on timeline " + own.timeline()
                            + ", and the nodes know timeline " + latest.get().timeline()));
        }
        Following following = new Following(cluster, fence);
        followOthers(topology, knowledge, before, known, following);
        Map<Node, NodeReply<ServerIdentity>> candidates = probe.ask(candidates(topology, following));
        for (Node node : topology.nodes()) {
            Optional<ServerIdentity> expected = node.isCoordinator()
                    ? Optional.of(own)
                    : knowledge.group(node).map(known::get);
            Optional<ServerIdentity> there = answer(replies, node);
            List<Node> successors = node.isCoordinator()
                    ? addressesOf(own, candidates)
                    : expected.map(server -> successors(server, candidates)).orElse(List.of());
            Optional<String> difference = difference(there, expected)
                    .map(what -> what + reason(replies, node))
                    .or(() -> node.isCoordinator() || successors.isEmpty()
                            ? Optional.empty()
                            : Optional.of("was superseded by a standby that was promoted"));
            difference.ifPresent(what -> following
                    .follow(node, what, there, successors)
                    .ifPresent(moved -> knowledge.group(node).ifPresent(group -> addresses.put(group, moved))));
        }
        awaitsPromotion = following.awaitsPromotion();
        return following.report();
    }

    /** Returns whether a node has failed in the last round, and has no successor yet. */
    public boolean awaitsPromotion() {
        return awaitsPromotion;
    }

    /**
     * Gives the projects the addresses that another program, such as Patroni, has given the maintenance database since
     * the last round of this process, or with a promotion that no round has seen.
     */
    private void followOthers(
            Topology topology,
            KnownServers knowledge,
            Map<Integer, ServerIdentity> before,
            Map<Integer, ServerIdentity> known,
            Following following) {
        Map<Integer, Node> now = new HashMap<>();
        topology.workers().forEach(worker -> knowledge.group(worker).ifPresent(group -> now.put(group, worker)));
        now.forEach((group, worker) -> {
            Node former = addresses.getOrDefault(group, worker);
            boolean promoted = before.containsKey(group) && !before.get(group).equals(known.get(group));
            if (promoted || !former.equals(worker)) {
                following.giveAddress(former, worker, () -> {});
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
    private Set<Node> candidates(Topology topology, Following following) {
        Set<Node> all = new LinkedHashSet<>();
        topology.secondaries().values().forEach(all::addAll);
        all.addAll(following.named(servers));
        Set<Node> candidates = new LinkedHashSet<>();
        all.stream()
                .map(server -> new Node(NodeRole.WORKER, server.host(), server.port()))
                .filter(server -> topology.nodes().stream()
                        .noneMatch(node -> node.address().equals(server.address())))
                .forEach(candidates::add);
        return candidates;
    }

    /** Returns the promoted standbys of a server that are on the highest timeline; several cannot be distinguished. */
    private static List<Node> successors(ServerIdentity earlier, Map<Node, NodeReply<ServerIdentity>> candidates) {
        Map<Node, String> timelines = new LinkedHashMap<>();
        candidates.forEach((candidate, reply) -> reply.answer()
                .filter(server -> server.continues(earlier) && server.timeline().compareTo(earlier.timeline()) > 0)
                .ifPresent(server -> timelines.put(candidate, server.timeline())));
        Optional<String> highest = timelines.values().stream().max(Comparator.naturalOrder());
        return timelines.entrySet().stream()
                .filter(candidate -> Optional.of(candidate.getValue()).equals(highest))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns an address of the coordinator to which this process is connected. */
    private static List<Node> addressesOf(ServerIdentity own, Map<Node, NodeReply<ServerIdentity>> candidates) {
        return candidates.entrySet().stream()
                .filter(candidate -> candidate.getValue().answer().equals(Optional.of(own)))
                .map(Map.Entry::getKey)
                .limit(1)
                .toList();
    }
}
