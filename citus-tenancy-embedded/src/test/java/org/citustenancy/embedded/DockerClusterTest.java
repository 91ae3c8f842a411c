package org.citustenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.opentest4j.TestAbortedException;

@TestMethodOrder(MethodOrderer.Random.class)
class DockerClusterTest {

    private static final SharedCluster SHARED = new SharedCluster(() -> start(
            EmbeddedCluster.builder().setting("max_worker_processes", "40").setting("citus.shard_count", "8")));

    private EmbeddedCluster cluster;

    private static EmbeddedCluster start(EmbeddedClusterBuilder builder) {
        try {
            return builder.backend(Backend.DOCKER).start();
        } catch (NoBackendException missing) {
            throw new TestAbortedException("Docker is not available: " + missing.getMessage(), missing);
        }
    }

    @BeforeEach
    void start() {
        cluster = SHARED.get();
    }

    @AfterAll
    static void close() {
        SHARED.close();
    }

    @Test
    void distributed_table_has_shards_on_both_workers() throws SQLException {
        try (TestSession sql = TestSession.admin(cluster)) {
            sql.run(
                    "CREATE TABLE events (tenant bigint, what text)",
                    "SELECT create_distributed_table('events', 'tenant')",
                    "INSERT INTO events SELECT n, 'x' FROM generate_series(1, 100) n");

            assertThat(sql.column("SELECT DISTINCT nodename FROM citus_shards ORDER BY nodename"))
                    .isEqualTo(List.of("worker-1", "worker-2"));
            assertThat(sql.value("SELECT count(*) FROM citus_shards")).isEqualTo("8");
            assertThat(sql.value("SELECT count(*) FROM events")).isEqualTo("100");
            sql.run("DROP TABLE events");
        }
    }

    @Test
    void settings_apply_to_every_node_and_can_be_changed() throws SQLException {
        try (TestSession sql = TestSession.admin(cluster)) {
            assertThat(sql.value("SHOW max_worker_processes")).isEqualTo("40");
            assertThat(sql.column("SELECT result FROM run_command_on_workers('SHOW max_worker_processes')"))
                    .isEqualTo(List.of("40", "40"));
            assertThat(sql.value("SHOW max_prepared_transactions")).isEqualTo("200");
            assertThat(sql.value("SELECT sourcefile LIKE '%/postgresql.conf' FROM pg_settings WHERE name = 'fsync'"))
                    .isEqualTo("t");
        }
    }

    @Test
    void wrong_password_is_refused() {
        assertThatThrownBy(() -> TestSession.as(cluster.coordinator(), "postgres", "postgres", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void admin_password_is_not_sent_in_sessions_of_other_roles() throws Exception {
        StolenPassword.assertThatNoneIsSent(cluster, Optional.of(cluster.adminPassword()));

        cluster.coordinator().stop();
        cluster.coordinator().start();

        StolenPassword.assertThatNoneIsSent(cluster, Optional.of(cluster.adminPassword()));
    }

    @Test
    void password_is_not_sent_when_nodes_trust() throws Exception {
        try (EmbeddedCluster trusting =
                start(EmbeddedCluster.builder().workers(1).authentication(Authentication.TRUST))) {
            StolenPassword.assertThatNoneIsSent(trusting, Optional.empty());
        }
    }

    @Test
    void pg_hba_trusts_no_connection() throws SQLException {
        try (TestSession sql = TestSession.admin(cluster)) {
            assertThat(sql.column("SELECT DISTINCT type || ' ' || auth_method FROM pg_hba_file_rules ORDER BY 1"))
                    .isEqualTo(List.of("host scram-sha-256", "local peer"));
        }
    }

    @Test
    void nodes_are_reachable_from_the_host_and_by_name_from_each_other() throws SQLException {
        for (EmbeddedNode node : cluster.nodes()) {
            assertThat(node.jdbcUrl("x")).matches("jdbc:postgresql://[^:]+:\\d+/x");
            assertThat(node.port()).isEqualTo(5432);
        }
        EmbeddedNode worker = cluster.workers().get(0);
        assertThat(worker.name()).isEqualTo("worker-1");
        try (TestSession sql = TestSession.admin(cluster, worker)) {
            assertThat(sql.value(
                            "SELECT nodename FROM pg_dist_node n, pg_dist_local_group l WHERE n.groupid = l.groupid"))
                    .isEqualTo("worker-1");
        }
    }

    @Test
    void node_keeps_its_rows_when_it_is_stopped_or_killed_and_restarted() throws SQLException {
        EmbeddedNode worker = cluster.workers().get(1);
        String url = cluster.jdbcUrl("postgres");
        try (TestSession sql = TestSession.admin(cluster)) {
            sql.run("CREATE TABLE kept (id bigint)", "SELECT create_distributed_table('kept', 'id')");
            sql.run("INSERT INTO kept SELECT generate_series(1, 50)");
        }

        worker.stop();
        assertThat(worker.isRunning()).isFalse();
        try (TestSession sql = TestSession.admin(cluster)) {
            assertThatThrownBy(() -> sql.value("SELECT count(*) FROM kept")).isInstanceOf(SQLException.class);
        }
        worker.start();
        cluster.coordinator().kill();
        assertThat(cluster.coordinator().isRunning()).isFalse();
        cluster.coordinator().start();

        assertThat(cluster.jdbcUrl("postgres")).isEqualTo(url);
        assertThat(worker.log()).contains("database system is shut down");
        try (TestSession sql = TestSession.admin(cluster)) {
            assertThat(sql.value("SELECT count(*) FROM kept")).isEqualTo("50");
            sql.run("DROP TABLE kept");
        }
    }

    @Test
    void added_node_is_empty_and_can_be_wiped() throws SQLException {
        EmbeddedNode extra = cluster.addNode();

        try (TestSession sql = TestSession.admin(cluster)) {
            assertThat(extensionsOn(extra, sql)).isEqualTo("0");
            sql.value(
                    "SELECT result FROM master_run_on_worker(ARRAY[?], ARRAY[?], ARRAY['CREATE EXTENSION citus'], false)",
                    extra.name(),
                    extra.port());
            assertThat(extensionsOn(extra, sql)).isEqualTo("1");

            extra.kill();
            extra.wipe();
            assertThat(extra.isRunning()).isFalse();
            assertThat(extra.log()).contains("ready to accept connections");
            extra.start();

            assertThat(extensionsOn(extra, sql)).isEqualTo("0");
        }
    }

    private static String extensionsOn(EmbeddedNode node, TestSession sql) throws SQLException {
        return sql.value(
                "SELECT result FROM master_run_on_worker(ARRAY[?], ARRAY[?], "
                        + "ARRAY['SELECT count(*) FROM pg_extension WHERE extname = ''citus'''], false)",
                node.name(),
                node.port());
    }

    /** Whether it ends before it is asked, while it is, or after, differs from time to time. */
    @RepeatedTest(3)
    void start_failure_shows_the_log_of_the_server() {
        assertThatThrownBy(() -> start(EmbeddedCluster.builder().workers(0).setting("work_mem", "much")))
                .isInstanceOf(EmbeddedClusterException.class)
                .hasMessageContaining("invalid value for parameter \"work_mem\"");
    }

    @Test
    void different_authentication_of_nodes_and_clients_is_refused() {
        assertThatThrownBy(() -> start(EmbeddedCluster.builder().nodeAuthentication(Authentication.TRUST)))
                .isInstanceOf(EmbeddedClusterException.class)
                .hasMessageContaining("same authentication");
    }
}
