package org.citustenancy.faults;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.testing.TestCluster;

/** Injects one fault once. Closing it ends a lasting fault. */
final class FaultInjector implements AutoCloseable {

    private final FaultyCluster cluster;
    private final Fault fault;
    private final Subject subject;
    private final Random random;
    private final Optional<ChildJvm> victim;
    private final Optional<SmallDisk> disk;
    private Optional<Connection> holder = Optional.empty();

    FaultInjector(
            FaultyCluster cluster,
            Fault fault,
            Subject subject,
            Random random,
            Optional<ChildJvm> victim,
            Optional<SmallDisk> disk) {
        this.cluster = cluster;
        this.fault = fault;
        this.subject = subject;
        this.random = random;
        this.victim = victim;
        this.disk = disk;
    }

    /** A trigger that injects the fault at the statement of this number. */
    StatementTrigger at(int statement) {
        return new StatementTrigger(statement, fault.isAfterTheStatement(), this::inject);
    }

    private StatementTrigger.Verdict inject() throws Exception {
        switch (fault) {
            case KILLED_BEFORE, KILLED_AFTER -> {
                victim.orElseThrow().kill();
                return StatementTrigger.Verdict.CUT;
            }
            case CUT_BEFORE, CUT_AFTER -> {
                return StatementTrigger.Verdict.CUT;
            }
            case SILENT -> {
                return StatementTrigger.Verdict.SILENT;
            }
            case NODE_KILLED -> {
                EmbeddedNode node = member();
                node.kill();
                node.start();
            }
            case LOCKED -> hold(member());
            case DISK_FULL -> disk.orElseThrow().fill();
        }
        return StatementTrigger.Verdict.GO_ON;
    }

    private EmbeddedNode member() {
        List<EmbeddedNode> members = cluster.members();
        return members.get(random.nextInt(members.size()));
    }

    /** What others lock too: roles, databases, one database, its tables, the list of nodes. */
    private void hold(EmbeddedNode node) throws SQLException {
        List<String> locks = List.of(
                "lock table pg_authid in share mode",
                "lock table pg_database in share mode",
                "comment on database " + TestCluster.identifier(subject.name()) + " is 'held'",
                "lock table facts in row exclusive mode",
                "lock table pg_dist_node in share mode");
        String lock = locks.get(random.nextInt(locks.size()));
        boolean inside = lock.contains("facts") || lock.contains("dist_node");
        Connection connection = null;
        try {
            connection = cluster.nodes().open(node, inside ? subject.name() : "postgres");
            connection.setAutoCommit(false);
            // Citus carries some locks to other nodes, where a lock_timeout of this session does not count.
            TestCluster.ask(connection, "set local statement_timeout = '1s'");
            TestCluster.ask(connection, lock);
            holder = Optional.of(connection);
        } catch (SQLException notThere) {
            // Nothing to lock at this moment, or the operation itself has locked it.
            if (connection != null) {
                connection.close();
            }
        }
    }

    @Override
    public void close() throws Exception {
        if (holder.isPresent()) {
            holder.get().close();
        }
        if (disk.isPresent()) {
            disk.get().empty();
        }
        cluster.recover();
    }
}
