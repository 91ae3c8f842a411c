package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several projects in one request. */
@Tag("once")
@RequiresCluster
class BatchTest {

    private final TestCluster nodes;

    BatchTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void batch_create_completes_the_other_projects_when_one_fails() {
        String first = TestCluster.unique("batch_first");
        String wrong = TestCluster.unique("batch_wrong");
        String last = TestCluster.unique("batch_last");
        Secret shared = Secret.of("of the one who is in all of them");
        try (CitusCluster cluster = nodes.connect()) {
            List<ProjectOutcome> outcomes = cluster.create(List.of(
                    cluster.project(first).withUser().withReadOnlyUser("in_all_of_them", shared),
                    cluster.project(wrong)
                            .withUser()
                            .withReadOnlyUser("in_all_of_them", shared)
                            .extension("no_such_extension"),
                    cluster.project(last).withUser().withReadOnlyUser("in_all_of_them", shared)));

            assertThat(outcomes).extracting(ProjectOutcome::name).containsExactly(first, wrong, last);
            assertThat(TestCluster.besidesTrust(outcomes.get(0).orThrow().verify())
                            .findings())
                    .isEmpty();
            assertThat(TestCluster.besidesTrust(outcomes.get(2).orThrow().verify())
                            .findings())
                    .isEmpty();
            assertThat(outcomes.get(1).project()).isEmpty();
            assertThat(outcomes.get(1).failure())
                    .get()
                    .extracting(CitusTenancyException::getMessage)
                    .asString()
                    .contains("no_such_extension");
            assertThatThrownBy(outcomes.get(1)::orThrow)
                    .isSameAs(outcomes.get(1).failure().orElseThrow());
            assertThat(cluster.projects())
                    .filteredOn(project -> project.state() == ProjectState.READY)
                    .extracting(RegisteredProject::name)
                    .contains(first, last)
                    .doesNotContain(wrong);

            Project corrected = cluster.project(wrong)
                    .withUser()
                    .withReadOnlyUser("in_all_of_them", shared)
                    .create();

            assertThat(TestCluster.besidesTrust(corrected.verify()).findings()).isEmpty();
            assertThat(corrected.connection(wrong + "_user").hasPassword()).isTrue();
        }
    }
}
