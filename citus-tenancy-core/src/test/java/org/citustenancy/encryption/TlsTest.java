package org.citustenancy.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Each {@code sslmode} of the JDBC URL, first against nodes that cannot encrypt, then against such that can. */
@Tag("once")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TlsTest {

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(
            EmbeddedCluster.builder().workers(1).authentication(Authentication.SCRAM_SHA_256));
    private final TestCluster nodes = new TestCluster(embedded);
    private Certificates certificates;

    private Path directory;

    @BeforeAll
    void certify(@TempDir Path shared) throws Exception {
        directory = shared;
        certificates = Certificates.make(directory);
    }

    @AfterAll
    void end() {
        embedded.close();
    }

    private ClusterOptions options(String host, String mode, Path root) {
        return ClusterOptions.of(
                "jdbc:postgresql://" + host + ":" + embedded.coordinator().port() + "/postgres?sslmode=" + mode
                        + "&sslrootcert=" + root,
                embedded.adminUser(),
                Secret.of(embedded.adminPassword()));
    }

    /** Whether the sessions of the library on all nodes are encrypted. */
    private List<String> encrypted(String host, String mode, Path root) throws SQLException {
        String question = "select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) "
                + "where application_name = 'citus-tenancy'";
        try (CitusCluster cluster =
                CitusCluster.connect(options(host, mode, root).directWorkerConnections(true))) {
            assertThat(cluster.verify().isClean()).isTrue();
            assertThat(cluster.capacity().nodes()).hasSize(2);
            return nodes.askAll("postgres", question);
        }
    }

    private void assertRefused(String host, String mode, Path root, String why) {
        assertThatThrownBy(() -> CitusCluster.connect(options(host, mode, root)).close())
                .as("%s, %s", host, mode)
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining(why);
    }

    @Test
    @Order(1)
    void nodes_without_tls_are_refused_when_sslmode_requires_it() throws Exception {
        Path root = certificates.authority();
        for (String mode : List.of("disable", "allow", "prefer")) {
            assertThat(encrypted("127.0.0.1", mode, root)).as(mode).containsExactly("f");
        }
        for (String mode : List.of("require", "verify-ca", "verify-full")) {
            assertRefused("127.0.0.1", mode, root, "does not support SSL");
        }
    }

    @Test
    @Order(2)
    void certificates_are_checked_as_sslmode_says() throws Exception {
        for (EmbeddedNode node : embedded.nodes()) {
            certificates.install(nodes, node);
        }
        Path root = certificates.authority();
        for (String mode : List.of("disable", "allow")) {
            assertThat(encrypted("127.0.0.1", mode, root)).as(mode).containsExactly("f");
        }
        for (String mode : List.of("prefer", "require", "verify-ca", "verify-full")) {
            assertThat(encrypted("127.0.0.1", mode, root)).as(mode).containsExactly("t");
        }
        // It is a certificate for 127.0.0.1.
        assertRefused("localhost", "verify-full", root, "localhost");
        CitusCluster.connect(options("localhost", "verify-ca", root)).close();
        for (String mode : List.of("verify-ca", "verify-full")) {
            assertRefused("127.0.0.1", mode, certificates.stranger(), "PKIX path");
        }
    }

    @Test
    @Order(3)
    void projects_are_connected_and_backed_up_with_the_sslmode_of_the_cluster() throws Exception {
        try (CitusCluster cluster =
                CitusCluster.connect(options("127.0.0.1", "verify-full", certificates.authority()))) {
            Project project = cluster.project("encrypted")
                    .withUser("encrypted_user", Secret.of("encrypted"))
                    .create();

            ConnectionInfo info = project.connection("encrypted_user");
            assertThat(info.jdbcUrl()).contains("sslmode=verify-full");
            assertThat(info.uri()).contains("sslmode=verify-full");
            project.backup(directory.resolve("backup"));
            cluster.backups()
                    .restore(directory.resolve("backup"))
                    .as("encrypted_back")
                    .create();
            assertThat(cluster.verify().isClean()).isTrue();
        }
    }
}
