package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatCoordinator;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;

import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes that go down and come back, in a cluster of its own. */
@Tag("once")
class WorkerDownTest {

    @Test
    void create_names_a_worker_that_is_down_and_completes_after_its_restart() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = new TestCluster(embedded);
            EmbeddedNode worker = embedded.workers().get(1);
            try (CitusCluster cluster = nodes.connect()) {
                Project earlier = cluster.project("earlier")
                        .withUser("earlier_user", Secret.of("one"))
                        .create();
                worker.kill();

                ProjectRequest request = cluster.project("later").withUser("later_user");
                assertThatThrownBy(request::create)
                        .isInstanceOf(NodeUnreachableException.class)
                        .hasMessageContaining("worker 127.0.0.1:" + worker.port())
                        .hasMessageContaining("run the request again");
                assertThatThrownBy(earlier::verify)
                        .isInstanceOf(NodeUnreachableException.class)
                        .hasMessageContaining(String.valueOf(worker.port()));
                assertThatThrownBy(earlier::drop)
                        .isInstanceOf(NodeUnreachableException.class)
                        .hasMessageContaining(String.valueOf(worker.port()));
                assertThatCoordinator(nodes).hasNoDatabase("later");

                worker.start();
                Project later = request.create();

                assertThat(later.verify().findings()).isEmpty();
                assertThat(later.connection("later_user").hasPassword()).isTrue();
                earlier.drop();
                assertThatNodes(nodes).hasNoDatabase("earlier");
            }
        }
    }
}
