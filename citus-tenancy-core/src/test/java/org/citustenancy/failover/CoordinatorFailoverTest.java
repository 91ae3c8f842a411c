package org.citustenancy.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.Project;
import org.citustenancy.TransactionRecovery;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.citustenancy.workers.NodeChange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A standby of the coordinator takes over; each test begins where the one before ended. */
@Tag("once")
@Order(4)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CoordinatorFailoverTest {

    private static final String HERE = "127.0.0.1";
    private static final String PASSWORD = "failover-Password-1";

    private final EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
            .workers(1)
            .ownSystemIdentifiers()
            .authentication(Authentication.SCRAM_SHA_256)
            .setting("max_worker_processes", "100")
            .setting("citus.recover_2pc_interval", "10min"));
    private final TestCluster nodes = TestCluster.closed(embedded);
    private final EmbeddedNode former = embedded.coordinator();
    private final EmbeddedNode worker = embedded.workers().get(0);
    private final EmbeddedNode successor = embedded.addStandby(former);
    private final CitusCluster cluster =
            connect(HERE + ":" + former.port(), HERE + ":" + successor.port(), Secret.of(embedded.adminPassword()));
    private final Project project = project();

    private static CitusCluster connect(String first, String second, Secret adminPassword) {
        // begin high-availability-connect
        CitusCluster cluster = CitusCluster.connect(ClusterOptions.of(
                "jdbc:postgresql://" + first + "," + second + "/postgres?targetServerType=primary",
                "postgres",
                adminPassword));
        // end high-availability-connect
        return cluster;
    }

    private Project project() {
        try {
            Project created = cluster.project("led")
                    .withUser("led_user", Secret.of(PASSWORD))
                    .create();
            asOwner(former, "create table kinds (id bigint primary key)");
            created.tables().reference("kinds");
            cluster.workers().add(HERE, worker.port()).orThrow();
            return created;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    private List<String> asOwner(EmbeddedNode node, String sql) throws SQLException {
        return nodes.ask(node, "led", "led_user", PASSWORD, sql);
    }

    @AfterAll
    void end() {
        cluster.close();
        embedded.close();
    }

    @Test
    @Order(1)
    void relocate_refuses_an_address_of_another_server() {
        assertThat(cluster.verify().findings()).isEmpty();
        for (EmbeddedNode another : List.of(successor, worker)) {
            assertThatThrownBy(() -> cluster.coordinator().relocate(HERE, another.port()))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("is not the coordinator to which this process is connected");
        }
        assertThat(cluster.coordinator().relocate(HERE, former.port()).changed())
                .isFalse();
    }

    @Test
    @Order(2)
    void verify_finds_that_the_coordinator_is_registered_by_its_former_address() {
        former.kill();
        successor.promote();

        assertThat(cluster.verify().findings()).anySatisfy(finding -> {
            assertThat(finding.what()).contains("the coordinator is registered by this address, which leads elsewhere");
            assertThat(finding.action()).contains("coordinator().relocate");
        });
        assertThat(cluster.verify().findings())
                .noneSatisfy(finding -> assertThat(finding.action()).contains("workers().remove"));
    }

    @Test
    @Order(3)
    void relocate_registers_the_coordinator_in_every_database() throws SQLException {
        assertThat(cluster.coordinator()
                        .planRelocate(HERE, successor.port())
                        .orThrow()
                        .projects()
                        .get("led")
                        .steps())
                .hasSize(1);

        String host = HERE;
        int port = successor.port();
        // begin high-availability-coordinator
        NodeChange change = cluster.coordinator().relocate(host, port).orThrow();
        // end high-availability-coordinator
        assertThat(change.changed()).isTrue();

        for (EmbeddedNode node : List.of(successor, worker)) {
            for (String database : List.of("postgres", "led")) {
                assertThat(nodes.ask(node, database, "select nodeport from pg_dist_node where groupid = 0"))
                        .as("%s on %s", database, node)
                        .containsExactly(String.valueOf(successor.port()));
            }
        }
        asOwner(worker, "insert into kinds values (1)");
        assertThat(asOwner(successor, "select id from kinds")).containsExactly("1");
        assertThat(cluster.verify().findings()).isEmpty();
        assertThat(project.verify().findings()).isEmpty();
        cluster.users().rotatePassword("led_user", Secret.of(PASSWORD));
        cluster.project("led_later").withUser("led_later_user").create();
    }

    @Test
    @Order(4)
    void superseded_coordinator_is_recognized() {
        former.start();
        try (CitusCluster old = CitusCluster.connect(
                former.jdbcUrl("postgres"), embedded.adminUser(), Secret.of(embedded.adminPassword()))) {
            assertThat(old.verify().findings())
                    .anySatisfy(finding -> assertThat(finding.what()).contains("this coordinator was superseded"));
            try (TransactionRecovery recovery = old.recoverTransactions()) {
                assertThat(recovery.recoverNow().acted()).isFalse();
                assertThat(recovery.recoverNow().obstacles())
                        .singleElement()
                        .asString()
                        .contains("on timeline 00000001, and", "on timeline 00000002 is known");
            }
            assertThatThrownBy(() -> old.coordinator().relocate(HERE, former.port()))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("was superseded");
        }
    }
}
