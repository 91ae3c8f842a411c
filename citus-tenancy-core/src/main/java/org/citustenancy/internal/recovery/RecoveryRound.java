package org.citustenancy.internal.recovery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Supplier;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.failover.RecoveryReport;
import org.citustenancy.internal.observing.NodeReply;
import org.citustenancy.internal.observing.RecoveryObserver;
import org.citustenancy.internal.observing.RegisteredServer;
import org.citustenancy.internal.observing.ServerIdentity;
import org.citustenancy.internal.observing.ServerObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.RecoveryPlanner;
import org.citustenancy.internal.probing.ServerProbe;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ProjectContext;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.RegistryServerStatements;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers the distributed transactions of all databases, if every node is the expected server. The commit record of a
 * transaction is on the node that coordinated it, so the recovery runs on every node. Only databases are visited in
 * which a transaction is prepared, or rows were inserted since the last visit, which may be commit records to remove.
 */
public final class RecoveryRound {

    private static final Logger LOG = LoggerFactory.getLogger(RecoveryRound.class);

    private final Cluster cluster;
    private final Supplier<Collection<Node>> standbys;
    private final Duration aliveFor;
    private final ServerProbe probe;

    /** The rows that were inserted into each database before its last visit, by the node's address and the name. */
    private final Map<String, Long> visited = new ConcurrentHashMap<>();

    /**
     * Creates the rounds of one process.
     *
     * @param standbys returns the standbys that are not registered
     * @param aliveFor how long the service counts as alive after a round
     */
    public RecoveryRound(Cluster cluster, Supplier<Collection<Node>> standbys, Duration aliveFor) {
        this.cluster = cluster;
        this.standbys = standbys;
        this.aliveFor = aliveFor;
        this.probe = new ServerProbe(cluster, FailoverOptions.STANDARD.probeTimeout());
    }

    /** Runs a round, unless another process does. */
    public RecoveryReport run() {
        String database = cluster.maintenanceDatabase();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), database, cluster.deadline())) {
            Session maintenance = sessions.maintenance();
            cluster.registry(maintenance).ensure();
            Optional<AdvisoryLock> lock = AdvisoryLock.tryOnRecovery(maintenance);
            if (lock.isEmpty()) {
                return report(false, List.of(), List.of());
            }
            // A statement that releases the lock would fail if the round took until the deadline.
            lock.get().untilTheSessionEnds();
            return run(sessions, TopologyReader.read(maintenance, cluster.requireCitus()));
        }
    }

    private RecoveryReport run(ProjectSessions sessions, Topology topology) {
        Session maintenance = sessions.maintenance();
        maintenance.execute(RegistryServerStatements.beat(RegistryServerStatements.RECOVERY, aliveFor));
        RecoveringNodes recovering = RecoveringNodes.observe(maintenance, topology);
        Map<Node, RecoveryObserver.OnNode> nodes = recovering.nodes();
        List<String> unexpected = new ArrayList<>(recovering.unexpected());
        Set<Node> standbys = standbys(maintenance, named(unexpected));
        nodes.keySet()
                .forEach(primary ->
                        standbys.removeIf(standby -> standby.address().equals(primary.address())));
        unexpected.addAll(promoted(standbys, recovering.known()));
        // A daemon that recovers while a node is not the expected server removes commit records that are needed later.
        takeOver(sessions, topology, nodes, standbys);
        if (!unexpected.isEmpty()) {
            return report(false, List.of(), unexpected);
        }
        return recover(recovering);
    }

    /**
     * Returns the known standbys that were promoted, although their former primary is still registered. What that one
     * does not know yet, the recovery would roll back.
     */
    private List<String> promoted(Set<Node> standbys, Map<Integer, ServerIdentity> known) {
        List<String> promoted = new ArrayList<>();
        probe.ask(standbys, ServerObserver::at).forEach((standby, reply) -> reply.answer()
                .filter(server -> known.values().stream()
                        .anyMatch(primary ->
                                server.continues(primary) && server.timeline().compareTo(primary.timeline()) > 0))
                .ifPresent(server -> promoted.add(
                        "the standby " + standby.address() + " was promoted, and its node has another address")));
        return promoted;
    }

    private void takeOver(
            ProjectSessions sessions, Topology topology, Map<Node, RecoveryObserver.OnNode> nodes, Set<Node> standbys) {
        Set<Node> left = new LinkedHashSet<>();
        nodes.forEach((node, seen) -> {
            if (seen.daemonRecovers()) {
                left.add(node);
            }
        });
        left.addAll(standbysThatRecover(standbys));
        if (!left.isEmpty()) {
            new ProjectContext(cluster, topology, sessions, cluster.maintenanceDatabase())
                    .run(RecoveryPlanner.takeOver(left));
        }
    }

    /** Returns the standbys that answer and whose daemons would recover once they are promoted. */
    private Set<Node> standbysThatRecover(Set<Node> standbys) {
        Set<Node> recovering = new LinkedHashSet<>();
        probe.ask(standbys, RecoveryObserver::daemonsRecover).forEach((standby, reply) -> {
            if (reply.answer().orElse(false)) {
                recovering.add(standby);
            } else if (reply.answer().isEmpty()) {
                LOG.debug("The standby {} does not answer: {}", standby, reply.failure());
            }
        });
        return recovering;
    }

    /** Returns the named standbys, none if the code of the caller that names them fails. */
    private Collection<Node> named(List<String> obstacles) {
        try {
            return standbys.get();
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (RuntimeException failure) {
            // One of them may have been promoted. Nothing is recovered until they are known.
            obstacles.add("the standbys are unknown: " + failure.getMessage());
            return List.of();
        }
    }

    /** Returns the named standbys and the registered secondaries. */
    private static Set<Node> standbys(Session maintenance, Collection<Node> named) {
        Set<Node> all = new LinkedHashSet<>(named);
        RegisteredServer.in(maintenance).stream()
                .filter(server -> !server.isPrimary())
                .forEach(server -> all.add(new Node(NodeRole.WORKER, server.host(), server.port())));
        return all;
    }

    private RecoveryReport recover(RecoveringNodes recovering) {
        Map<Node, RecoveryObserver.OnNode> nodes = recovering.nodes();
        Set<String> prepared = new TreeSet<>();
        nodes.values().forEach(seen -> prepared.addAll(seen.prepared()));
        Set<String> databases = new TreeSet<>(prepared);
        nodes.values().forEach(seen -> databases.addAll(seen.awake().keySet()));
        Map<String, List<String>> failures = new ConcurrentSkipListMap<>();
        Set<String> recovered = new ConcurrentSkipListSet<>();
        cluster.together().each(List.copyOf(databases), database -> {
            List<Node> coordinating = nodes.entrySet().stream()
                    .filter(node -> prepared.contains(database) || isChanged(node.getKey(), node.getValue(), database))
                    .map(Map.Entry::getKey)
                    .toList();
            List<String> refused = recovering.recover(
                    cluster,
                    database,
                    coordinating,
                    node -> visit(node, Objects.requireNonNull(nodes.get(node)), database));
            if (!refused.isEmpty()) {
                failures.put(database, refused);
            } else if (!coordinating.isEmpty()) {
                recovered.add(database);
            }
            return database;
        });
        return report(
                true,
                List.copyOf(recovered),
                failures.values().stream().flatMap(List::stream).toList());
    }

    private boolean isChanged(Node node, RecoveryObserver.OnNode seen, String database) {
        Long inserted = seen.awake().get(database);
        return inserted != null && !inserted.equals(visited.get(key(node, database)));
    }

    private static String key(Node node, String database) {
        return node.address() + "/" + database;
    }

    private void visit(Node node, RecoveryObserver.OnNode seen, String database) {
        Long inserted = seen.awake().get(database);
        if (inserted != null) {
            visited.put(key(node, database), inserted);
        }
    }

    /** Gives the recovery back to the daemons of Citus on every server that answers. */
    public void handBack() {
        String database = cluster.maintenanceDatabase();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), database, cluster.deadline())) {
            Session maintenance = sessions.maintenance();
            Topology topology = TopologyReader.read(maintenance, cluster.requireCitus());
            Set<Node> all = new LinkedHashSet<>(topology.nodes());
            all.addAll(standbys(maintenance, named(new ArrayList<>())));
            Map<Node, NodeReply<Boolean>> replies = probe.ask(all, RecoveryObserver::daemonsRecover);
            List<Node> servers = all.stream()
                    .filter(node -> node.isCoordinator()
                            || Optional.ofNullable(replies.get(node))
                                    .flatMap(NodeReply::answer)
                                    .isPresent())
                    .toList();
            new ProjectContext(cluster, topology, sessions, database).run(RecoveryPlanner.handBack(servers));
            maintenance.execute(RegistryServerStatements.end(RegistryServerStatements.RECOVERY));
        }
    }

    private static RecoveryReport report(boolean acted, List<String> databases, List<String> obstacles) {
        return new RecoveryReport(Instant.now(), acted, databases, obstacles);
    }
}
