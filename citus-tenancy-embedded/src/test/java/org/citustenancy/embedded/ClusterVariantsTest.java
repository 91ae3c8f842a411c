package org.citustenancy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters other than the usual one, and requests that are refused. */
class ClusterVariantsTest {

    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    @AfterEach
    void forget() {
        System.clearProperty(EmbeddedCluster.BACKEND_PROPERTY);
        System.clearProperty(EmbeddedCluster.DIRECTORY_PROPERTY);
    }

    @Test
    void coordinator_holds_the_shards_when_there_are_no_workers() throws SQLException {
        try (EmbeddedCluster cluster =
                        CitusAssumption.startLocal(EmbeddedCluster.builder().workers(0));
                TestSession sql = TestSession.admin(cluster)) {
            assertThat(cluster.workers()).isEmpty();
            sql.run("CREATE TABLE t (id bigint)", "SELECT create_distributed_table('t', 'id')");
            assertThat(sql.column("SELECT DISTINCT nodeport FROM citus_shards"))
                    .containsExactly(String.valueOf(cluster.coordinator().port()));
        }
    }

    @Test
    void unregistered_nodes_have_no_citus_extension_and_no_workers() throws SQLException {
        try (EmbeddedCluster cluster =
                CitusAssumption.startLocal(EmbeddedCluster.builder().workers(1).registerWorkers(false))) {
            assertThat(cluster.workers()).hasSize(1);
            for (EmbeddedNode node : cluster.nodes()) {
                try (TestSession sql = TestSession.admin(cluster, node)) {
                    assertThat(sql.column("SELECT 1 FROM pg_extension WHERE extname = 'citus'"))
                            .isEmpty();
                    assertThat(sql.value("SHOW shared_preload_libraries")).isEqualTo("citus");
                }
            }
        }
    }

    @Test
    void trust_needs_no_password_and_sends_none() throws Exception {
        try (EmbeddedCluster cluster =
                CitusAssumption.startLocal(EmbeddedCluster.builder().workers(1).authentication(Authentication.TRUST))) {
            try (TestSession sql = TestSession.as(cluster.coordinator(), "postgres", "postgres", null)) {
                assertThat(sql.value("SELECT 1")).isEqualTo("1");
            }
            StolenPassword.assertThatNoneIsSent(cluster, Optional.empty());
        }
    }

    @Test
    void clients_need_a_password_when_only_nodes_are_trusted() throws Exception {
        assumeTrue(
                NetworkInterface.getByInetAddress(InetAddress.getByAddress(IPV6_LOOPBACK)) != null,
                "This machine has no address ::1");
        try (EmbeddedCluster cluster = CitusAssumption.startLocal(EmbeddedCluster.builder()
                        .workers(1)
                        .clientAuthentication(Authentication.SCRAM_SHA_256)
                        .nodeAuthentication(Authentication.TRUST));
                TestSession admin = TestSession.admin(cluster)) {
            assertThat(cluster.workers().get(0).name()).isEqualTo("::1");
            assertThatThrownBy(() -> TestSession.as(cluster.coordinator(), "postgres", "postgres", "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");

            admin.run("CREATE ROLE reader LOGIN PASSWORD 'readers-own'");
            try (TestSession reader = TestSession.as(cluster.coordinator(), "postgres", "reader", "readers-own")) {
                assertThat(reader.column("SELECT result FROM run_command_on_workers('SELECT current_user')"))
                        .containsExactly("reader");
            }
        }
    }

    @Test
    void servers_store_their_files_in_the_configured_directory(@TempDir Path parent) throws Exception {
        letOthersReach(parent);
        System.setProperty(EmbeddedCluster.DIRECTORY_PROPERTY, "/nowhere");
        assertThatThrownBy(() -> EmbeddedCluster.builder().start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no directory /nowhere");
        System.setProperty(EmbeddedCluster.DIRECTORY_PROPERTY, parent.toString());
        try (EmbeddedCluster cluster =
                        CitusAssumption.startLocal(EmbeddedCluster.builder().workers(0));
                TestSession sql = TestSession.admin(cluster)) {
            assertThat(sql.value("SHOW data_directory")).startsWith(parent.toRealPath() + "/citus-tenancy-");
        }
        assertThat(parent).isEmptyDirectory();
    }

    /** A temporary directory of JUnit's is for its user alone, who may be root, as whom no server runs. */
    private static void letOthersReach(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void start_failure_shows_the_log_of_the_server() throws InterruptedException {
        CitusAssumption.requireLocal();
        assertThatThrownBy(() -> CitusAssumption.startLocal(
                        EmbeddedCluster.builder().workers(1).setting("work_mem", "much")))
                .isInstanceOf(EmbeddedClusterException.class)
                .hasMessageContaining("ended while it started")
                .hasMessageContaining("invalid value for parameter \"work_mem\": \"much\"");
    }

    @Test
    void first_available_backend_is_used() {
        System.setProperty(EmbeddedCluster.BACKEND_PROPERTY, "plain, local");

        try (EmbeddedCluster cluster = EmbeddedCluster.builder().start()) {
            assertThat(cluster.backend()).isEqualTo(Backend.PLAIN);
        }
    }

    @Test
    void unknown_backend_is_refused() {
        System.setProperty(EmbeddedCluster.BACKEND_PROPERTY, "podman");

        assertThatThrownBy(() -> EmbeddedCluster.builder().start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(EmbeddedCluster.BACKEND_PROPERTY)
                .hasMessageContaining("podman")
                .hasMessageContaining("docker, local, plain");
    }

    @Test
    void builder_refuses_invalid_requests() {
        EmbeddedClusterBuilder builder = EmbeddedCluster.builder();

        assertThatThrownBy(() -> builder.workers(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> builder.setting("max connections", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max connections");
        assertThatThrownBy(() -> builder.setting("Port", "5432"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("port");
        assertThatThrownBy(() -> builder.setting("work_mem", "a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.startTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
