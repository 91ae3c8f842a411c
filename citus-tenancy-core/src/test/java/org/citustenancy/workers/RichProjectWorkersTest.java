package org.citustenancy.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.NodesAssert.assertThatNode;

import java.util.SortedMap;
import org.citustenancy.CitusCluster;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.Severity;
import org.citustenancy.testing.RichProject;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A project with every kind of user, table and setting grows onto a worker that joins. */
@Tag("long")
@Tag("asks-for-passwords")
class RichProjectWorkersTest {

    @Test
    void add_and_remove_keep_contents_and_privileges_of_a_rich_project() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(
                EmbeddedCluster.builder().workers(1).authentication(Authentication.SCRAM_SHA_256))) {
            TestCluster nodes = new TestCluster(embedded);
            try (CitusCluster cluster = nodes.connect()) {
                RichProject rich = RichProject.create(nodes, cluster, "grows");
                SortedMap<String, String> before = rich.contents("grows");
                EmbeddedNode joining = embedded.addNode();

                cluster.workers()
                        .add("127.0.0.1", joining.port(), Rebalancing.STANDARD)
                        .orThrow();

                assertThat(rich.contents("grows")).isEqualTo(before);
                // What waits for its table.
                assertThat(rich.project().verify().findings())
                        .allSatisfy(finding -> assertThat(finding.severity()).isEqualTo(Severity.NOTICE));
                for (String user : RichProject.users("grows")) {
                    assertThat(nodes.ask(
                                    joining, "grows", user, RichProject.PASSWORD.reveal(), "select current_database()"))
                            .containsExactly("grows");
                }
                RichProject.State joined = rich.state();

                cluster.workers()
                        .drain("127.0.0.1", joining.port(), Rebalancing.STANDARD)
                        .orThrow();
                rich.assertUnchangedSince(joined);
                cluster.workers().remove("127.0.0.1", joining.port()).orThrow();

                assertThat(rich.contents("grows")).isEqualTo(before);
                assertThatNode(nodes, joining).hasNoDatabase("grows").hasNoRoleStartingWith("grows");
            }
        }
    }
}
