package org.citustenancy.internal.backup.dump;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.errors.Place;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.sql.BackupQueries;
import org.citustenancy.internal.sql.FenceStatements;
import org.citustenancy.internal.sql.SnapshotStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.tables.TableName;
import org.citustenancy.topology.Node;

/**
 * Takes a snapshot on all nodes in which no transaction is committed on some nodes only, and keeps it open.
 *
 * <p>While no transaction can write, a transaction on each node takes its snapshot. The coordinator comes first,
 * because the placements of shards are read there. A transaction that Citus has left prepared on a node is visible on
 * some nodes only. Then writers continue until Citus has decided it, and another snapshot is tried.
 */
final class SnapshotTaker {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Cluster cluster;
    private final String project;
    private final List<Node> workers;
    private final BackupOptions options;
    private final Deadline deadline;
    private final Optional<WriteFence> standing;

    /**
     * Creates a coordinator of snapshots.
     *
     * @param standing a fence that is already closed, and stays closed
     */
    SnapshotTaker(
            Cluster cluster,
            String project,
            List<Node> workers,
            BackupOptions options,
            Deadline deadline,
            Optional<WriteFence> standing) {
        this.cluster = cluster;
        this.project = project;
        this.workers = workers;
        this.options = options;
        this.deadline = deadline;
        this.standing = standing;
    }

    /** Takes a snapshot on nodes, of which the first is the coordinator. */
    ConsistentSnapshot take(List<ReadNode> nodes) {
        Deadline bound = Deadline.in(options.fenceTimeout());
        long begun = System.nanoTime();
        while (true) {
            Optional<ConsistentSnapshot> taken = attempt(nodes, bound, begun);
            if (taken.isPresent()) {
                return taken.get();
            }
            if (bound.remainingNanos() < PAUSE.toNanos()) {
                throw WriteFence.passed(
                        options.fenceTimeout(),
                        new ServerErrorException(
                                "55000",
                                "tables were made or dropped meanwhile, or a transaction of Citus stays prepared on a node",
                                Place.unknown().in(project)));
            }
            deadline.sleep(PAUSE, Place.unknown().in(project));
        }
    }

    private Optional<ConsistentSnapshot> attempt(List<ReadNode> nodes, Deadline bound, long begun) {
        Map<ReadNode, Session> sessions = new LinkedHashMap<>();
        boolean taken = false;
        try {
            ParallelTasks together = new ParallelTasks(cluster.threads(), nodes.size());
            sessions.putAll(together.open(nodes, node -> Optional.of(open(node))));
            List<Session> opened = List.copyOf(sessions.values());
            Session coordinator = opened.get(0);
            List<TableName> tables = tables(coordinator);
            // The first read in the transaction takes its snapshot, so the timeout is set before it.
            coordinator.fetch(
                    SnapshotStatements.lastingPatience(Math.max(1, bound.remainingNanos() / NANOS_PER_MILLI)));
            sessions.values().forEach(session -> {
                session.begin();
                session.execute(SnapshotStatements.seeOneMoment());
            });
            keep(tables, coordinator);
            // Waiting writers would block a second fence.
            WriteFence fence = standing.map(WriteFence::lent)
                    .orElseGet(() -> WriteFence.raise(
                            cluster.sessions(), project, tables, options.fenceTimeout(), bound, deadline));
            boolean keepFence = false;
            try {
                Duration waited = Duration.ofNanos(System.nanoTime() - begun);
                List<ConsistentSnapshot.View> views = new ArrayList<>();
                views.add(view(nodes.get(0), coordinator));
                views.addAll(together.each(
                        nodes.subList(1, nodes.size()), node -> view(node, sessions.getOrDefault(node, coordinator))));
                coordinator.fetch(SnapshotStatements.lastingPatience(0));
                boolean decided = isDecided(opened, together);
                keepFence = options.fenced();
                Duration held = fence.held();
                if (!keepFence) {
                    fence.close();
                }
                if (!decided || !tables(coordinator).equals(tables)) {
                    keepFence = false;
                    decide();
                    return Optional.empty();
                }
                taken = true;
                return Optional.of(
                        new ConsistentSnapshot(views, keepFence ? Optional.of(fence) : Optional.empty(), waited, held));
            } finally {
                if (!taken || !keepFence) {
                    fence.close();
                }
            }
        } finally {
            if (!taken) {
                sessions.values().forEach(Session::close);
            }
        }
    }

    private Session open(ReadNode node) {
        Session session = NodeWays.open(node, project, deadline);
        session.fetch(SnapshotStatements.portableValues());
        return session;
    }

    private static ConsistentSnapshot.View view(ReadNode node, Session session) {
        String snapshot =
                String.valueOf(session.fetch(SnapshotStatements.export()).get(0).get(SnapshotStatements.SNAPSHOT));
        return new ConsistentSnapshot.View(node, session, snapshot);
    }

    private static List<TableName> tables(Session coordinator) {
        return coordinator.fetch(BackupQueries.tables()).stream()
                .map(row -> new TableName(row.get(BackupQueries.SCHEMA), row.get(BackupQueries.NAME)))
                .toList();
    }

    private void keep(List<TableName> tables, Session coordinator) {
        if (tables.isEmpty()) {
            return;
        }
        try {
            coordinator.execute(FenceStatements.keepTables(tables));
        } catch (ServerErrorException refused) {
            throw FenceStatements.BUSY.contains(refused.sqlState())
                    ? WriteFence.passed(options.fenceTimeout(), refused)
                    : refused;
        }
    }

    private boolean isDecided(List<Session> opened, ParallelTasks together) {
        boolean here =
                together
                        .each(opened, session -> session.fetch(SnapshotStatements.undecided())
                                .isEmpty())
                        .stream()
                        .allMatch(nothing -> nothing);
        if (!options.fenced()) {
            return here;
        }
        return here
                && onWorkers(opened.get(0), SnapshotStatements.undecided()).stream()
                        .allMatch(String::isEmpty);
    }

    /**
     * Commits or rolls back the undecided transactions on every node. Only the node that began a transaction has its
     * outcome.
     */
    private void decide() {
        try (Session session = cluster.sessions().admin(project, deadline)) {
            session.fetch(SnapshotStatements.decide());
            onWorkers(session, SnapshotStatements.decide());
        }
    }

    private List<String> onWorkers(Session session, QueryPart command) {
        Map<Node, String> commands = new LinkedHashMap<>();
        workers.forEach(worker -> commands.put(worker, Sql.text(command)));
        return NodeCommands.on(session).run(commands).values().stream()
                .map(answer -> answer.orThrow(session.place()))
                .toList();
    }
}
