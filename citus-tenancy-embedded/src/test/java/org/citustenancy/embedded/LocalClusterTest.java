package org.citustenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** One cluster with passwords everywhere, and what can be done to it. */
@TestMethodOrder(MethodOrderer.Random.class)
class LocalClusterTest {

    private static final String TEXT = "it's a \\ and a\nline";

    private static final SharedCluster SHARED =
            new SharedCluster(() -> CitusAssumption.startLocal(EmbeddedCluster.builder()
                    .setting("max_worker_processes", "40")
                    .setting("work_mem", "5MB")
                    .setting("test.text", TEXT)
                    .setting("citus.shard_count", "8")));

    private EmbeddedCluster cluster;

    @BeforeEach
    void start() {
        cluster = SHARED.get();
    }

    @AfterAll
    static void close() {
        SHARED.close();
    }

    @Test
    void cluster_describes_its_backend_and_nodes() {
        assertThat(cluster.backend()).isEqualTo(Backend.LOCAL);
        assertThat(cluster.hasCitus()).isTrue();
        assertThat(cluster.whyNoCitus()).isEmpty();
        assertThat(cluster.adminPassword()).hasSizeGreaterThan(22);
        assertThat(cluster.workers()).hasSize(2);
        assertThat(cluster.nodes()).startsWith(cluster.coordinator()).containsAll(cluster.workers());
        assertThat(cluster.nodes()).extracting(EmbeddedNode::port).doesNotHaveDuplicates();
    }

    @Test
    void distributed_table_has_shards_on_both_workers() throws SQLException {
        try (TestSession sql = TestSession.admin(cluster)) {
            sql.run(
                    "CREATE TABLE events (tenant bigint, what text)",
                    "SELECT create_distributed_table('events', 'tenant')",
                    "INSERT INTO events SELECT n, 'x' FROM generate_series(1, 100) n");

            assertThat(sql.column("SELECT nodeport FROM citus_shards WHERE table_name = 'events'::regclass"
                            + " GROUP BY nodeport ORDER BY nodeport"))
                    .isEqualTo(cluster.workers().stream()
                            .map(EmbeddedNode::port)
                            .sorted()
                            .map(String::valueOf)
                            .toList());
            assertThat(sql.value("SELECT count(*) FROM citus_shards WHERE table_name = 'events'::regclass"))
                    .isEqualTo("8");
            assertThat(sql.value("SELECT count(*) FROM events")).isEqualTo("100");
            sql.run("DROP TABLE events");
        }
    }

    @Test
    void settings_apply_to_every_node() throws SQLException {
        List<EmbeddedNode> nodes = new ArrayList<>(cluster.workers());
        nodes.add(cluster.coordinator());
        for (EmbeddedNode node : nodes) {
            try (TestSession sql = TestSession.admin(cluster, node)) {
                assertThat(sql.value("SHOW max_worker_processes")).isEqualTo("40");
                assertThat(sql.value("SHOW work_mem")).isEqualTo("5MB");
                assertThat(sql.value("SHOW test.text")).isEqualTo(TEXT);
                assertThat(sql.value("SHOW max_prepared_transactions")).isEqualTo("200");
                assertThat(sql.value("SHOW listen_addresses")).isEqualTo("127.0.0.1");
                assertThat(sql.value("SHOW server_encoding")).isEqualTo("UTF8");
            }
        }
    }

    @Test
    void wrong_password_and_missing_password_are_refused() {
        EmbeddedNode coordinator = cluster.coordinator();

        assertThatThrownBy(() -> TestSession.as(coordinator, "postgres", "postgres", "wrong"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
        assertThatThrownBy(() -> TestSession.as(coordinator, "postgres", "postgres", null))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no password was provided");
    }

    @Test
    void nodes_connect_to_each_other_by_password_as_the_admin_only() throws SQLException {
        try (TestSession admin = TestSession.admin(cluster)) {
            assertThat(admin.column("SELECT result FROM run_command_on_workers("
                            + "'SELECT auth_method FROM pg_hba_file_rules GROUP BY auth_method')"))
                    .isEqualTo(List.of("scram-sha-256", "scram-sha-256"));
            admin.run("CREATE ROLE reader LOGIN PASSWORD 'readers-own'", "CREATE SCHEMA own AUTHORIZATION reader");
            try (TestSession reader = TestSession.as(cluster.coordinator(), "postgres", "reader", "readers-own")) {
                reader.run("CREATE TABLE own.notes (id bigint)");
                assertThatThrownBy(() -> reader.run("SELECT create_distributed_table('own.notes', 'id')"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("no password supplied");
            } finally {
                admin.run("DROP SCHEMA own CASCADE", "DROP ROLE reader");
            }
        }
    }

    @Test
    void admin_password_is_not_sent_in_sessions_of_other_roles() throws Exception {
        StolenPassword.assertThatNoneIsSent(cluster, Optional.of(cluster.adminPassword()));
    }

    @Test
    void url_is_valid_for_a_database_of_any_name() throws SQLException {
        String name = "DROP TABLE \"x\"; señal%2 ?&+/";
        try (TestSession admin = TestSession.admin(cluster)) {
            admin.run("CREATE DATABASE \"" + name.replace("\"", "\"\"") + "\"");
            try (TestSession sql =
                    TestSession.as(cluster.coordinator(), name, cluster.adminUser(), cluster.adminPassword())) {
                assertThat(sql.value("SELECT current_database()")).isEqualTo(name);
            } finally {
                admin.run("DROP DATABASE \"" + name.replace("\"", "\"\"") + "\"");
            }
        }
    }

    @Test
    void stopped_node_can_be_started_again() throws SQLException {
        restart(EmbeddedNode::stop, "database system is shut down");
    }

    @Test
    void killed_node_can_be_started_again() throws SQLException {
        restart(EmbeddedNode::kill, "database system was interrupted");
    }

    private interface End {
        void of(EmbeddedNode node);
    }

    private void restart(End end, String trace) throws SQLException {
        EmbeddedNode worker = cluster.workers().get(1);
        int port = worker.port();
        TestSession session = TestSession.admin(cluster, worker);
        session.run("CREATE TABLE kept AS SELECT 42 AS answer", "CHECKPOINT");

        end.of(worker);

        assertThat(worker.isRunning()).isFalse();
        assertThatThrownBy(() -> session.run("SELECT 1")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> TestSession.admin(cluster, worker))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("refused");
        end.of(worker);

        worker.start();

        assertThat(worker.isRunning()).isTrue();
        assertThat(worker.port()).isEqualTo(port);
        assertThat(worker.log()).contains(trace);
        try (TestSession sql = TestSession.admin(cluster, worker)) {
            assertThat(sql.value("SELECT answer FROM kept")).isEqualTo("42");
            sql.run("DROP TABLE kept");
        }
        worker.start();
        assertThat(worker.isRunning()).isTrue();
    }

    @Test
    void start_names_a_port_that_is_taken_meanwhile() throws Exception {
        EmbeddedNode worker = cluster.workers().get(0);
        worker.stop();
        try (ServerSocket taken = new ServerSocket(worker.port(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(worker::start)
                    .isInstanceOf(EmbeddedClusterException.class)
                    .hasMessageContaining("worker-1")
                    .hasMessageContaining("Address already in use");
            assertThat(taken.isBound()).isTrue();
            assertThat(worker.isRunning()).isFalse();
        }

        worker.start();

        try (TestSession sql = TestSession.admin(cluster, worker)) {
            assertThat(sql.value("SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void added_node_is_empty_and_can_be_registered_and_wiped() throws SQLException {
        EmbeddedNode extra = cluster.addNode();

        assertThat(cluster.nodes()).contains(extra);
        assertThat(cluster.workers()).doesNotContain(extra);
        assertThatThrownBy(extra::wipe)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("stop()");
        try (TestSession sql = TestSession.admin(cluster, extra)) {
            assertThat(sql.column("SELECT extname FROM pg_extension WHERE extname LIKE 'citus%'"))
                    .isEmpty();
            assertThat(sql.value("SHOW shared_preload_libraries")).isEqualTo("citus");
            sql.run("CREATE EXTENSION citus");
        }
        try (TestSession sql = TestSession.admin(cluster)) {
            sql.value("SELECT citus_add_node(?, ?)", extra.name(), extra.port());
            sql.value("SELECT citus_remove_node(?, ?)", extra.name(), extra.port());
        }

        extra.stop();
        extra.wipe();
        extra.start();

        try (TestSession sql = TestSession.admin(cluster, extra)) {
            assertThat(sql.column("SELECT extname FROM pg_extension WHERE extname LIKE 'citus%'"))
                    .isEmpty();
            assertThat(sql.value("SHOW max_worker_processes")).isEqualTo("40");
        }
        extra.stop();
    }

    @Test
    void log_contains_the_messages_of_its_node() throws SQLException {
        try (TestSession sql = TestSession.admin(cluster)) {
            sql.run("DO $$ BEGIN RAISE LOG 'a line of this test'; END $$");
        }
        assertThat(cluster.coordinator().log()).contains("postgres@postgres", "a line of this test");
        assertThat(cluster.workers().get(0).log()).doesNotContain("a line of this test");
    }
}
