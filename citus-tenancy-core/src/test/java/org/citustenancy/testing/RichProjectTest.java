package org.citustenancy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.bind;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.registry.RegisteredProject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rich project has what it says, notices a loss, and is the same after the operations that touch it most. */
@Tag("asks-for-passwords")
@RequiresCluster
class RichProjectTest {

    @Test
    void comparison_detects_a_lost_row_and_a_lost_privilege(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("rich");
        try (CitusCluster cluster = nodes.connect()) {
            RichProject rich = RichProject.create(nodes, cluster, name);
            RichProject.State made = rich.state();
            assertThat(rich.project().result().orElseThrow().waiting()).hasSize(3);
            assertThat(RichProject.request(cluster, name).plan().steps()).isEmpty();
            rich.assertUnchangedSince(made);

            try (Connection owner = rich.openAs(name, rich.owner())) {
                TestCluster.ask(owner, "delete from event where n = 399");
                assertThatThrownBy(() -> rich.assertUnchangedSince(made))
                        .isInstanceOf(AssertionError.class)
                        .hasMessageContaining("event");
                TestCluster.ask(
                        owner,
                        "insert into event select '2025-06-01'::timestamptz + 399 * interval '2 days', "
                                + "1 + 399 % 200, 399");
                rich.assertUnchangedSince(made);
                TestCluster.ask(owner, "revoke select on account from " + TestCluster.identifier(rich.reader()));
            }
            assertThatThrownBy(() -> rich.assertUnchangedSince(made)).isInstanceOf(AssertionError.class);
            rich.project().repair();
            rich.assertUnchangedSince(made);
        }
    }

    @Test
    void rich_project_is_unchanged_after_rotation_repair_clone_backup_and_restore(TestCluster nodes, @TempDir Path home)
            throws Exception {
        String name = TestCluster.unique("rich");
        try (CitusCluster cluster = nodes.connect()) {
            RichProject rich = RichProject.create(nodes, cluster, name);
            RichProject.State made = rich.state();

            RichProject.users(name).forEach(user -> cluster.users().rotatePassword(user, RichProject.PASSWORD));
            rich.project().repair();
            rich.assertUnchangedSince(made);

            String clone = TestCluster.unique("rich");
            rich.project().cloneTo(clone, options -> options.endingSessions());
            rich.assertSameIn(clone);
            rich.assertUnchangedSince(made);

            String restored = TestCluster.unique("rich");
            rich.project().backup(home.resolve("backup"));
            cluster.backups().restore(home.resolve("backup")).as(restored).create();
            rich.assertSameIn(restored);
            rich.assertUnchangedSince(made);
        }
    }

    @Test
    @Tag("long")
    void rich_project_is_unchanged_after_a_template_and_a_move_and_is_dropped_completely(TestCluster nodes)
            throws Exception {
        String name = TestCluster.unique("rich");
        String moved = TestCluster.unique("rich");
        try (CitusCluster cluster = nodes.connect()) {
            RichProject rich = RichProject.create(nodes, cluster, name);
            RichProject.State made = rich.state();
            ProjectTemplate template = cluster.template(
                    RichProject.request(cluster.project(TestCluster.unique("rich")), name), "1", project -> {
                        try {
                            RichProject.fill(nodes, project, name);
                        } catch (SQLException failure) {
                            throw new IllegalStateException(failure);
                        }
                    });

            Project copy = template.create(TestCluster.unique("rich"));
            assertThat(rich.stateOf(copy.name())).isEqualTo(made);

            copy.moveTo(cluster).as(moved).create();
            assertThat(rich.stateOf(moved)).isEqualTo(made);
            assertThat(cluster.projects()).extracting(RegisteredProject::name).doesNotContain(copy.name());
            rich.assertUnchangedSince(made);

            template.drop();
            cluster.getProject(moved).drop();
            rich.project().drop();
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                assertThat(nodes.ask(
                                node,
                                "postgres",
                                bind(
                                        "select datname from pg_database where datname like 'rich%' union all "
                                                + "select rolname from pg_roles where rolname like ?",
                                        name + "%")))
                        .as("what is left on " + node)
                        .doesNotContain(name, moved, copy.name(), template.name())
                        .noneMatch(RichProject.users(name)::contains);
            }
        }
    }
}
