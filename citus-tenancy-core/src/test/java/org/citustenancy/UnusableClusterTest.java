package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.CitusUnavailableException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.InsufficientPrivilegeException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clusters that cannot be worked with, each with its own reason. */
@RequiresCluster
@Tag("once")
class UnusableClusterTest {

    private final TestCluster nodes;
    private final Secret password;

    UnusableClusterTest(TestCluster nodes) {
        this.nodes = nodes;
        this.password = Secret.of(nodes.embedded().adminPassword());
    }

    @Test
    void connect_names_a_coordinator_that_cannot_be_reached() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";

        assertThatThrownBy(() -> CitusCluster.connect(url, "postgres", password))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("cannot be reached")
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("check the address");
    }

    @Test
    @Timeout(60)
    void connect_fails_at_the_deadline_when_the_coordinator_does_not_answer() throws Exception {
        for (String options : new String[] {"", "?sslmode=disable"}) {
            try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
                ClusterOptions cluster = ClusterOptions.of(
                                "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres" + options,
                                "postgres",
                                password)
                        .deadline(Duration.ofSeconds(2));
                long begun = System.nanoTime();

                assertThatThrownBy(() -> CitusCluster.connect(cluster))
                        .isInstanceOf(CitusTenancyException.class)
                        .hasMessageContaining("127.0.0.1:" + silent.getLocalPort());

                assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun))
                        .as("seconds, with %s", options)
                        .isLessThan(8);
            }
        }
    }

    @Test
    void connect_refuses_a_url_that_is_no_jdbc_url() {
        assertThatThrownBy(() -> CitusCluster.connect("postgresql://127.0.0.1/postgres", "postgres", password))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"postgresql://127.0.0.1/postgres\" is not a JDBC URL")
                .hasMessageContaining("jdbc:postgresql://host:port/database");
    }

    @Test
    void connect_names_a_maintenance_database_that_does_not_exist() {
        assertThatThrownBy(() -> CitusCluster.connect(nodes.options("not_there")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no such database")
                .hasMessageContaining("\"not_there\"");
    }

    @Test
    void connect_refuses_an_admin_that_is_no_superuser() throws Exception {
        String admin = TestCluster.unique("no_superuser");
        nodes.ask("postgres", "create role " + admin + " login createdb createrole password 'by-hand'");

        assertThatThrownBy(
                        () -> CitusCluster.connect(nodes.embedded().jdbcUrl("postgres"), admin, Secret.of("by-hand")))
                .isInstanceOf(InsufficientPrivilegeException.class)
                .hasMessageContaining("not a superuser")
                .hasMessageContaining("connect as one");
    }

    @Test
    void connect_names_an_admin_that_does_not_exist() {
        assertThatThrownBy(() -> CitusCluster.connect(nodes.embedded().jdbcUrl("postgres"), "nobody_of_us", password))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("\"nobody_of_us\"");
    }

    @Test
    void connect_refuses_a_worker_as_coordinator() {
        EmbeddedNode worker = nodes.embedded().workers().get(0);

        assertThatThrownBy(() -> CitusCluster.connect(
                        worker.jdbcUrl("postgres"), nodes.embedded().adminUser(), password))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("This node is a worker")
                .hasMessageContaining(String.valueOf(worker.port()))
                .hasMessageContaining("connect to the coordinator");
    }

    @Test
    void connect_refuses_a_maintenance_database_without_citus() throws Exception {
        String name = TestCluster.unique("without_citus");
        nodes.ask("postgres", "create database " + name);

        assertThatThrownBy(() -> CitusCluster.connect(nodes.options(name)))
                .isInstanceOf(CitusUnavailableException.class)
                .hasMessageContaining("has no Citus yet")
                .hasMessageContaining("CitusCluster.form");
    }

    @Test
    void connect_refuses_a_server_that_has_not_loaded_citus() {
        try (EmbeddedCluster bare = EmbeddedCluster.builder()
                .workers(0)
                .setting("shared_preload_libraries", "")
                .registerWorkers(false)
                .start()) {
            assertThatThrownBy(() -> CitusCluster.connect(
                            bare.jdbcUrl("postgres"), bare.adminUser(), Secret.of(bare.adminPassword())))
                    .isInstanceOf(CitusUnavailableException.class)
                    .hasMessageContaining("has not loaded Citus")
                    .hasMessageContaining("shared_preload_libraries");
        }
    }
}
