package org.citustenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Standbys of a node, and nodes that hang. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StandbyTest {

    private static final String SYSTEM = "SELECT system_identifier FROM pg_control_system()";

    private final EmbeddedCluster cluster =
            CitusAssumption.startLocal(EmbeddedCluster.builder().workers(1).ownSystemIdentifiers());
    private final EmbeddedNode worker = cluster.workers().get(0);

    @AfterAll
    void end() {
        cluster.close();
    }

    @Test
    void promoted_standby_has_the_rows_and_accepts_writes_and_the_former_primary_follows_it() throws Exception {
        EmbeddedNode standby = cluster.addStandby(worker);
        try (TestSession primary = TestSession.admin(cluster, worker)) {
            primary.run("SET citus.enable_ddl_propagation = off", "CREATE TABLE kept AS SELECT 1 AS id");
        }
        awaitRows(standby, 1);
        try (TestSession reading = TestSession.admin(cluster, standby)) {
            assertThatThrownBy(() -> reading.run("INSERT INTO kept VALUES (2)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("read-only transaction");
        }
        assertThatThrownBy(() -> worker.follow(standby)).isInstanceOf(IllegalStateException.class);

        worker.stop();
        standby.promote();
        standby.promote();
        worker.follow(standby);
        worker.start();

        try (TestSession successor = TestSession.admin(cluster, standby)) {
            successor.run("INSERT INTO kept VALUES (2)");
        }
        awaitRows(worker, 2);
        standby.stop();
        worker.promote();
        try (TestSession again = TestSession.admin(cluster, worker)) {
            again.run("INSERT INTO kept VALUES (3)");
        }
    }

    private void awaitRows(EmbeddedNode node, int rows) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try (TestSession session = TestSession.admin(cluster, node)) {
                if (session.column("SELECT 1 FROM pg_class WHERE relname = 'kept'")
                                        .size()
                                == 1
                        && session.value("SELECT count(*) FROM kept").equals(String.valueOf(rows))) {
                    return;
                }
            }
            assertThat(System.nanoTime()).as("%s has %d rows", node, rows).isLessThan(end);
            Thread.sleep(20);
        }
    }

    @Test
    void nodes_have_system_identifiers_of_their_own() throws SQLException {
        Set<String> identifiers = new HashSet<>();
        for (EmbeddedNode node : new EmbeddedNode[] {cluster.coordinator(), worker}) {
            try (TestSession session = TestSession.admin(cluster, node)) {
                identifiers.add(session.value(SYSTEM));
            }
        }
        assertThat(identifiers).hasSize(2);
    }

    @Test
    void paused_node_answers_nothing_until_it_is_resumed() throws SQLException {
        EmbeddedNode coordinator = cluster.coordinator();
        Properties hurried = new Properties();
        hurried.setProperty("user", cluster.adminUser());
        hurried.setProperty("password", cluster.adminPassword());
        hurried.setProperty("loginTimeout", "1");
        coordinator.pause();
        try {
            assertThat(coordinator.isRunning()).isTrue();
            assertThatThrownBy(() -> DriverManager.getConnection(coordinator.jdbcUrl("postgres"), hurried))
                    .isInstanceOf(SQLException.class);
        } finally {
            coordinator.resume();
        }
        try (TestSession session = TestSession.admin(cluster)) {
            assertThat(session.value("SELECT 1")).isEqualTo("1");
        }
    }
}
