package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers are asked directly if they may be, and nobody stays connected. */
@Tag("once")
class DirectWaysTest {

    private static final String OURS =
            "select count(*) from pg_stat_activity where application_name = 'citus-tenancy' and pid <> pg_backend_pid()";

    @Test
    void sessions_are_used_again_and_end_soon_and_a_worker_may_be_restarted_meanwhile() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = new TestCluster(embedded);
            EmbeddedNode worker = embedded.workers().get(0);
            try (CitusCluster cluster = CitusCluster.connect(nodes.options().directWays(true))) {
                Project project = cluster.project("direct")
                        .withUser("direct_user", Secret.of("direct"))
                        .create();
                assertThat(ours(nodes, worker)).isPositive();
                assertThat(project.verify().findings()).isEmpty();

                // The sessions that wait for the next operation are gone with it.
                worker.stop();
                worker.start();
                assertThat(project.verify().findings()).isEmpty();
                project.drop();

                Await.until(() -> nodes.askAll("postgres", OURS).equals(List.of("0")));
            }

            try (CitusCluster cluster = CitusCluster.connect(nodes.options().directWays(false))) {
                cluster.project("roundabout")
                        .withUser("roundabout_user", Secret.of("roundabout"))
                        .create();
                assertThat(ours(nodes, worker)).isZero();
                assertThat(ours(nodes, embedded.coordinator())).isPositive();
            }
            Await.until(() -> nodes.askAll("postgres", OURS).equals(List.of("0")));
        }
    }

    private static int ours(TestCluster nodes, EmbeddedNode node) throws SQLException {
        return Integer.parseInt(nodes.ask(node, "postgres", OURS).get(0));
    }
}
