package org.citustenancy.failover;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.TransactionRecovery;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker and its synchronous standby exchange their roles again and again, by plan and by a kill, while clients write
 * to both workers in each transaction. {@code citustenancy.test.switchovers} sets how often.
 */
@Tag("once")
@Order(4)
class SwitchoversUnderLoadTest {

    private static final Logger LOG = LoggerFactory.getLogger(SwitchoversUnderLoadTest.class);
    private static final int SWITCHOVERS = Integer.getInteger("citustenancy.test.switchovers", 5);
    private static final int WRITERS = 12;
    private static final String HERE = "127.0.0.1";
    private static final String NAME = "switched";
    private static final String PASSWORD = "switchover-Password-1";

    @Test
    void no_committed_transaction_is_lost_or_applied_in_part() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .workers(2)
                .ownSystemIdentifiers()
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("max_worker_processes", "100")
                .setting("wal_keep_size", "512MB")
                .setting("citus.recover_2pc_interval", "1h"))) {
            TestCluster nodes = TestCluster.closed(embedded);
            try (CitusCluster cluster = nodes.connect();
                    TransactionRecovery recovery =
                            cluster.recoverTransactions(options -> options.every(Duration.ofMillis(500)))) {
                Project project = project(nodes, cluster);
                try (WriteLoad load =
                        WriteLoad.start(embedded.coordinator().jdbcUrl(NAME), NAME + "_user", PASSWORD, WRITERS)) {
                    EmbeddedNode primary = embedded.workers().get(0);
                    EmbeddedNode standby = synchronousStandby(nodes, primary);
                    for (int number = 1; number <= SWITCHOVERS; number++) {
                        load.awaitProgress();
                        EmbeddedNode former = primary;
                        primary = standby;
                        standby = number % 2 == 0
                                ? replace(nodes, cluster, former, primary)
                                : exchange(cluster, recovery, former, primary);
                        LOG.info("Switchover {}: {} transactions committed", number, load.committed());
                    }
                    load.awaitProgress();
                    load.stop();

                    Await.until(() -> recovery.recoverNow().obstacles().isEmpty()
                            && prepared(nodes).isEmpty());
                    load.assertComplete(nodes.ask(NAME, "select number, count(*) from ledger group by number"));
                }
                assertThat(project.verify().findings()).isEmpty();
                assertThat(cluster.verify().findings()).isEmpty();
            }
        }
    }

    private static Project project(TestCluster nodes, CitusCluster cluster) throws SQLException {
        Project project = cluster.project(NAME)
                .withUser(NAME + "_user", Secret.of(PASSWORD))
                .create();
        nodes.ask(nodes.embedded().coordinator(), NAME, NAME + "_user", PASSWORD, WriteLoad.TABLE);
        project.tables().distribute("ledger", "account", options -> options.shardCount(8));
        return project;
    }

    private static EmbeddedNode synchronousStandby(TestCluster nodes, EmbeddedNode primary) throws SQLException {
        EmbeddedNode standby = nodes.embedded().addStandby(primary);
        nodes.ask(primary, "postgres", "alter system set synchronous_standby_names = '*'");
        nodes.ask(standby, "postgres", "alter system set synchronous_standby_names = '*'");
        nodes.ask(primary, "postgres", "select pg_reload_conf()");
        nodes.ask(standby, "postgres", "select pg_reload_conf()");
        return standby;
    }

    /** A planned switchover: the former primary becomes a standby at the address that every project still names. */
    private static EmbeddedNode exchange(
            CitusCluster cluster, TransactionRecovery recovery, EmbeddedNode former, EmbeddedNode successor) {
        former.stop();
        successor.promote();
        former.follow(successor);
        former.start();
        assertThat(recovery.recoverNow().acted()).isFalse();
        cluster.workers().relocate(HERE, former.port(), HERE, successor.port()).orThrow();
        return former;
    }

    /** The primary dies. A new standby takes its place, because the former one may have what its successor lacks. */
    private static EmbeddedNode replace(
            TestCluster nodes, CitusCluster cluster, EmbeddedNode former, EmbeddedNode successor) throws SQLException {
        former.kill();
        successor.promote();
        cluster.workers().relocate(HERE, former.port(), HERE, successor.port()).orThrow();
        return synchronousStandby(nodes, successor);
    }

    private static List<String> prepared(TestCluster nodes) throws SQLException {
        return nodes.ask(
                NAME,
                "select result from run_command_on_all_nodes('select gid from pg_prepared_xacts limit 1') "
                        + "where result <> ''");
    }
}
