package org.citustenancy.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.capacity.Capacity;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.Severity;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A reader uses up what all projects share: prepared transactions of a worker, and another project's daemon. */
@Tag("long")
@Tag("once")
class PreparedTransactionsTest {

    private static final Secret PASSWORD = Secret.of("a-Password");
    private static final int LIMIT = 8;

    @Test
    void repair_rolls_back_prepared_transactions_and_starts_the_daemon_again() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                .authentication(Authentication.SCRAM_SHA_256)
                .setting("max_prepared_transactions", String.valueOf(LIMIT))
                .setting("citus.recover_2pc_interval", "10min"))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect()) {
                Project attacked = project(cluster, "attacked");
                nodes.ask(
                        embedded.coordinator(), "attacked", "attacked_o", PASSWORD.reveal(), "create table t (id int)");
                attacked.tables().distribute("t", "id", options -> options.shardCount(8));
                project(cluster, "attacker");

                prepared(nodes, cluster, embedded.workers().get(0));
                daemon(nodes, cluster, attacked);
                answers(cluster, embedded.workers().get(1));
            }
        }
    }

    private static Project project(CitusCluster cluster, String name) {
        return cluster.project(name)
                .withUser(name + "_o", PASSWORD)
                .withReadOnlyUser(name + "_r", PASSWORD)
                .create();
    }

    private static void prepare(EmbeddedNode node, String gid) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(node.jdbcUrl("attacker"), "attacker_r", PASSWORD.reveal())) {
            TestCluster.ask(connection, "set standard_conforming_strings = on");
            TestCluster.ask(connection, "begin");
            TestCluster.ask(connection, "select 1");
            TestCluster.ask(connection, bind("prepare transaction ?", gid));
        }
    }

    private static void insert(TestCluster nodes) throws SQLException {
        nodes.ask(
                nodes.embedded().coordinator(),
                "attacked",
                "attacked_o",
                PASSWORD.reveal(),
                "insert into t select generate_series(1, 100)");
    }

    private static void prepared(TestCluster nodes, CitusCluster cluster, EmbeddedNode worker) throws Exception {
        String odd = "it's \\' ? {0} \"odd\"";
        prepare(worker, "citus_of_nobody");
        prepare(worker, odd);
        for (int number = 2; number < LIMIT; number++) {
            prepare(worker, "held " + number);
        }
        assertThatThrownBy(() -> insert(nodes))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("maximum number of prepared transactions");

        assertThat(cluster.getProject("attacked").verify().findings())
                .filteredOn(finding -> finding.severity() == Severity.SEVERE)
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.place()).contains(String.valueOf(worker.port()));
                    assertThat(finding.what()).contains(LIMIT + " of " + LIMIT).contains(LIMIT + " in \"attacker\"");
                });
        Capacity capacity = cluster.capacity();
        assertThat(capacity.toString()).contains(LIMIT + " in attacker for up to ");
        assertThat(capacity.nodes())
                .filteredOn(node -> node.preparedTransactionsNearlyExhausted())
                .singleElement()
                .satisfies(node -> {
                    assertThat(node.node().port()).isEqualTo(worker.port());
                    assertThat(node.prepared()).singleElement().satisfies(there -> {
                        assertThat(there.number()).isEqualTo(LIMIT);
                        assertThat(there.ofCitus()).isEqualTo(1);
                    });
                });

        assertThatThrownBy(() -> cluster.preparedTransactions(Duration.ZERO))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(cluster.preparedTransactions(Duration.ofHours(1)).plan()).isEmpty();
        Await.until(() -> nodes.ask(
                        worker,
                        "postgres",
                        "select from pg_prepared_xacts where clock_timestamp() - prepared < interval '2s'")
                .isEmpty());
        List<ProvisioningPlan> plans =
                cluster.preparedTransactions(Duration.ofSeconds(1)).plan();
        assertThat(plans).singleElement().satisfies(plan -> {
            assertThat(plan.project()).isEqualTo("attacker");
            assertThat(plan.steps()).hasSize(LIMIT - 1).allSatisfy(step -> assertThat(step.description())
                    .contains("attacker_r"));
        });

        assertThat(cluster.preparedTransactions(Duration.ofSeconds(1)).rollBack())
                .hasSize(LIMIT - 1);

        assertThat(nodes.ask(worker, "postgres", "select gid from pg_prepared_xacts"))
                .containsExactly("citus_of_nobody");
        insert(nodes);
        assertThat(cluster.getProject("attacked").verify().findings()).isEmpty();
    }

    private static void daemon(TestCluster nodes, CitusCluster cluster, Project attacked) throws Exception {
        EmbeddedNode coordinator = nodes.embedded().coordinator();
        try (Connection client =
                DriverManager.getConnection(coordinator.jdbcUrl("attacked"), "attacked_o", PASSWORD.reveal())) {
            TestCluster.ask(client, "select count(*) from t");
            assertThatThrownBy(() -> nodes.ask(
                            coordinator, "attacker", "attacker_r", PASSWORD.reveal(), "drop database attacked"))
                    .hasMessageContaining("must be owner");
            Await.until(() -> daemons(nodes, coordinator) == 0);

            assertThat(cluster.capacity().nodes().get(0).withoutDaemon()).containsExactly("attacked");
            assertThat(attacked.verify().findings()).singleElement().satisfies(finding -> {
                assertThat(finding.what()).contains("maintenance daemon");
                assertThat(finding.place()).contains(String.valueOf(coordinator.port()));
            });
            assertThatThrownBy(() -> nodes.ask(
                            coordinator, "attacker", "attacker_r", PASSWORD.reveal(), "drop database attacked"))
                    .hasMessageContaining("must be owner");
            Await.until(() -> daemons(nodes, coordinator) == 0);

            attacked.repair();

            Await.until(() -> daemons(nodes, coordinator) == 1);
            assertThat(attacked.verify().findings()).extracting(Finding::what).isEmpty();
            assertThat(cluster.capacity().nodes().get(0).withoutDaemon()).isEmpty();
        }
    }

    private static int daemons(TestCluster nodes, EmbeddedNode node) throws SQLException {
        return nodes.ask(
                        node,
                        "postgres",
                        "select from pg_stat_activity where datname = 'attacked' and backend_type like 'Citus Maintenance%'")
                .size();
    }

    private static void answers(CitusCluster cluster, EmbeddedNode worker) {
        worker.kill();
        Capacity capacity = cluster.capacity();

        assertThat(capacity.unanswered())
                .singleElement()
                .satisfies(node -> assertThat(node.node().port()).isEqualTo(worker.port()));
        assertThat(capacity.nodes()).hasSize(2);
        assertThat(capacity.toString()).contains("no answer");
        worker.start();
    }
}
