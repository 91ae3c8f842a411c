package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;

import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.citustenancy.workers.Rebalancing;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers are asked directly if they may be, and no session stays open. */
@Tag("once")
class DirectWorkerConnectionsTest {

    @Test
    void direct_sessions_are_reused_then_closed_and_survive_a_restart_of_a_worker() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = new TestCluster(embedded);
            EmbeddedNode worker = embedded.workers().get(0);
            try (CitusCluster cluster = CitusCluster.connect(nodes.options().directWorkerConnections(true))) {
                Project project = cluster.project("direct")
                        .withUser("direct_user", Secret.of("direct"))
                        .create();
                assertThat(nodes.sessions(worker)).isPositive();
                assertThat(project.verify().findings()).isEmpty();

                // The sessions that wait for the next operation are gone with it.
                worker.stop();
                worker.start();
                assertThat(project.verify().findings()).isEmpty();
                project.drop();

                nodes.awaitNoSessions();
            }

            try (CitusCluster cluster = CitusCluster.connect(nodes.options().directWorkerConnections(false))) {
                cluster.project("roundabout")
                        .withUser("roundabout_user", Secret.of("roundabout"))
                        .create();
                assertThat(nodes.sessions(worker)).isZero();
                assertThat(nodes.sessions(embedded.coordinator())).isPositive();
            }
            nodes.awaitNoSessions();
        }
    }

    /** As a restarted one has. Citus keeps them in a session, and finds out only when it speaks through them. */
    @Test
    void reused_session_succeeds_when_a_worker_ended_its_connections() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(3).authentication(Authentication.TRUST))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect()) {
                drain(cluster, embedded.workers().get(0));

                // What a restart does to them, but at once: the session would have ended before the server is there
                // again.
                nodes.ask(
                        embedded.workers().get(2),
                        "postgres",
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name ~ '^citus_internal'");

                drain(cluster, embedded.workers().get(1));
            }
        }
    }

    @Test
    void library_connects_to_no_database_that_does_not_exist() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(1).authentication(Authentication.TRUST))) {
            try (CitusCluster cluster = new TestCluster(embedded).connect()) {
                cluster.project("knocked")
                        .withUser("knocked_user", Secret.of("knocked"))
                        .create();
                EmbeddedNode joining = embedded.addNode();

                cluster.workers().add("127.0.0.1", joining.port()).orThrow();

                assertThat(embedded.nodes()).hasSize(3).allSatisfy(node -> assertThat(node.log())
                        .doesNotContain("database \"knocked\" does not exist"));
                assertThat(TestCluster.besidesTrust(
                                        cluster.getProject("knocked").verify())
                                .findings())
                        .isEmpty();
            }
        }
    }

    private static void drain(CitusCluster cluster, EmbeddedNode worker) {
        cluster.workers()
                .drain("127.0.0.1", worker.port(), Rebalancing.STANDARD)
                .orThrow();
    }
}
