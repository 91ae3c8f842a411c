package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;

/** A coordinator without workers is a cluster too, and holds the shards itself. */
class SingleNodeTest {

    @Test
    void coordinator_holds_the_shards_when_there_are_no_workers() throws SQLException {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(0).authentication(TestCluster.authentication()))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect()) {
                ProjectRequest request = cluster.project("alone").withUser("alone_user", Secret.of("alone-Password"));
                Project project = request.create();
                nodes.ask(embedded.coordinator(), "alone", "alone_user", "alone-Password", "create table t (id int)");

                project.tables(project.connection("alone_user")).distribute("t", "id");

                assertThat(project.tables().shardsPerNode().values()).containsExactly(32);
                assertThat(request.create().result().orElseThrow().changed()).isFalse();
                assertThat(TestCluster.besidesTrust(project.verify()).findings())
                        .isEmpty();
            }
        }
    }
}
