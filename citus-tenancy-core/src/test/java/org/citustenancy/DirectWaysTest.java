package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;

import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers are asked directly if they may be, and nobody stays connected. */
@Tag("once")
class DirectWaysTest {

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
                assertThat(nodes.sessions(worker)).isPositive();
                assertThat(project.verify().findings()).isEmpty();

                // The sessions that wait for the next operation are gone with it.
                worker.stop();
                worker.start();
                assertThat(project.verify().findings()).isEmpty();
                project.drop();

                nodes.awaitNoSessions();
            }

            try (CitusCluster cluster = CitusCluster.connect(nodes.options().directWays(false))) {
                cluster.project("roundabout")
                        .withUser("roundabout_user", Secret.of("roundabout"))
                        .create();
                assertThat(nodes.sessions(worker)).isZero();
                assertThat(nodes.sessions(embedded.coordinator())).isPositive();
            }
            nodes.awaitNoSessions();
        }
    }
}
