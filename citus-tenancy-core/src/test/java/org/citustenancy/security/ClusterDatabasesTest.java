package org.citustenancy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.Severity;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What users of projects do in the databases that belong to the cluster, before and after it is secured. */
@Tag("asks-for-passwords")
class ClusterDatabasesTest {

    private static final String HERE = "127.0.0.1";
    private static final Secret PASSWORD = Secret.of("cluster-Password");
    private static final String OPEN_AGAIN =
            "set citus.enable_ddl_propagation = off; grant connect on database template1 to public";
    private static final int LIMIT = 6;
    private static final List<String> OWN = List.of("postgres", "template1");

    @Test
    @Tag("long")
    void users_of_projects_cannot_connect_to_databases_of_a_secured_cluster() throws Exception {
        CitusAssumption.requireCitus();
        try (EmbeddedCluster embedded = EmbeddedCluster.builder()
                        .workers(2)
                        .authentication(TestCluster.authentication())
                        .setting("citus.distributed_deadlock_detection_factor", "-1")
                        .start();
                CitusCluster cluster = CitusCluster.connect(new TestCluster(embedded).options())) {
            TestCluster nodes = new TestCluster(embedded);
            Project one = cluster.project("one")
                    .withUser("one_owner", PASSWORD)
                    .withReadOnlyUser("one_reader", PASSWORD)
                    .connectionLimit(LIMIT)
                    .create();
            cluster.project("two").withUser("two_owner", PASSWORD).create();
            assertAttacksSucceed(nodes, cluster);
            assertWarned(one, cluster, embedded.nodes().size());

            ProvisioningPlan plan = cluster.planSecure();
            assertThat(plan.steps()).hasSize(OWN.size() * embedded.nodes().size());
            assertThat(cluster.secure()).hasSize(OWN.size() * embedded.nodes().size());

            assertClosed(nodes, List.of("one_owner", "one_reader", "two_owner"));
            assertThat(cluster.planSecure().isEmpty()).isTrue();
            assertThat(cluster.secure()).isEmpty();
            assertThat(one.verify().findings()).isEmpty();
            assertThat(cluster.verify().isClean()).isTrue();
            assertThat(one.repair().outcomes()).isEmpty();

            EmbeddedNode joining = embedded.addNode();
            cluster.workers().add(HERE, joining.port());
            assertClosed(nodes, List.of("one_owner", "one_reader", "two_owner"));
            assertThat(cluster.verify().isClean()).isTrue();

            nodes.ask(joining, "postgres", OPEN_AGAIN);
            assertWarned(one, cluster, 1);
            assertThat(cluster.secure()).hasSize(1);
        }
    }

    /** Each session that is open here was opened by a user of one project, and holds up the work on another. */
    private static void assertAttacksSucceed(TestCluster nodes, CitusCluster cluster) throws SQLException {
        Intruder reader = new Intruder("one_reader", PASSWORD.reveal());
        EmbeddedNode coordinator = nodes.embedded().coordinator();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            for (String database : OWN) {
                assertThat(reader.tries(node, database, "select 1")).isEqualTo(Intruder.DONE);
            }
            assertThat(reader.tries(
                            node,
                            "postgres",
                            "select citus_check_connection_to_node('127.0.0.1', " + node.port() + ")"))
                    .isEqualTo(Intruder.DONE);
        }
        List<Connection> sessions = new ArrayList<>();
        try {
            for (int session = 0; session <= LIMIT; session++) {
                sessions.add(reader.connect(coordinator, "template1"));
            }
            assertThat(failure(() -> cluster.project("three")
                            .withUser("three_owner", PASSWORD)
                            .create()))
                    .contains("template1");
        } finally {
            for (Connection session : sessions) {
                session.close();
            }
        }
        cluster.project("three").withUser("three_owner", PASSWORD).create();
        cluster.getProject("three").drop();
        try (Connection holder = reader.connect(coordinator, "postgres");
                CitusCluster hurried = CitusCluster.connect(nodes.options().deadline(Duration.ofSeconds(5)))) {
            TestCluster.ask(holder, "select pg_advisory_lock(hashtextextended('citus_tenancy/project/two', 0))");
            assertThatThrownBy(() -> hurried.getProject("two").repair()).isInstanceOf(DeadlineExceededException.class);
        }
    }

    private static String failure(Runnable work) {
        try {
            work.run();
            return "";
        } catch (CitusTenancyException failure) {
            return failure.getMessage();
        }
    }

    private static void assertWarned(Project project, CitusCluster cluster, int nodes) {
        for (List<Finding> findings :
                List.of(project.verify().findings(), cluster.verify().findings())) {
            assertThat(findings)
                    .hasSize(nodes)
                    .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.WARNING))
                    .extracting(Finding::action)
                    .allSatisfy(action -> assertThat(action).contains("secure()"));
        }
        assertThat(cluster.verify().isClean()).isFalse();
        assertThat(cluster.verify().projects())
                .allSatisfy(found -> assertThat(found.isClean()).isTrue());
    }

    private static void assertClosed(TestCluster nodes, List<String> users) {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            for (String user : users) {
                for (String database : OWN) {
                    assertThat(new Intruder(user, PASSWORD.reveal()).tries(node, database, "select 1"))
                            .as(user + " in " + database + " on " + node)
                            .isEqualTo(Intruder.REFUSED);
                }
            }
        }
    }

    @Test
    void formed_cluster_is_secured() throws Exception {
        CitusAssumption.requireCitus();
        try (EmbeddedCluster embedded = EmbeddedCluster.builder()
                .workers(1)
                .registerWorkers(false)
                .authentication(TestCluster.authentication())
                .start()) {
            TestCluster nodes = new TestCluster(embedded);
            ClusterFormation formation =
                    ClusterFormation.of(HERE, embedded.coordinator().port());
            EmbeddedNode worker = embedded.workers().get(0);
            try (CitusCluster cluster = CitusCluster.form(nodes.options(), formation.withWorker(HERE, worker.port()))) {
                cluster.project("formed").withUser("formed_owner", PASSWORD).create();
                assertClosed(nodes, List.of("formed_owner"));
                assertThat(cluster.verify().isClean()).isTrue();
                assertThat(cluster.planSecure().isEmpty()).isTrue();

                nodes.ask(worker, "postgres", OPEN_AGAIN);
                CitusCluster.form(nodes.options(), formation.withWorker(HERE, worker.port()))
                        .close();
                assertThat(cluster.planSecure().steps()).hasSize(1);
            }
        }
    }
}
