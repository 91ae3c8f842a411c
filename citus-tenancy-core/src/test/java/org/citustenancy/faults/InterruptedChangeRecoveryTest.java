package org.citustenancy.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.citustenancy.CitusCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.PasswordRotationException;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was begun with a project and not ended, one case for each defect that was found at random. */
@Tag("asks-for-passwords")
@RequiresCluster
class InterruptedChangeRecoveryTest {

    private final TestCluster nodes;
    private final String name = TestCluster.unique("unfinished");
    private final String user = name + "_user";

    InterruptedChangeRecoveryTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    private void make(CitusCluster cluster) {
        cluster.project(name).withUser(user, Secret.of("first")).create();
    }

    private ProjectState state(CitusCluster cluster) {
        return cluster.projects().stream()
                .filter(project -> project.name().equals(name))
                .findFirst()
                .orElseThrow()
                .state();
    }

    /** Holds the role on a worker, so that its password cannot be changed there. */
    private Connection holdRole() throws SQLException {
        EmbeddedNode worker = nodes.embedded().workers().get(1);
        Connection holder = nodes.open(worker, "postgres");
        holder.setAutoCommit(false);
        TestCluster.ask(holder, "alter role " + user + " connection limit 77");
        return holder;
    }

    @Test
    void incomplete_rotation_leaves_the_project_changing() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            make(cluster);
            try (Connection holder = holdRole();
                    CitusCluster hurried = CitusCluster.connect(nodes.options().deadline(Duration.ofSeconds(3)))) {
                assertThatThrownBy(() -> hurried.users().rotatePassword(user, Secret.of("second")))
                        .isInstanceOf(PasswordRotationException.class)
                        .hasMessageContaining("nor could the password before be restored everywhere");
            }
            assertThat(state(cluster)).isEqualTo(ProjectState.CHANGING);
            assertThat(TestCluster.besidesTrust(cluster.getProject(name).verify())
                            .isClean())
                    .isFalse();

            cluster.users().rotatePassword(user, Secret.of("second"));

            assertThat(state(cluster)).isEqualTo(ProjectState.READY);
            assertThat(TestCluster.besidesTrust(cluster.getProject(name).verify())
                            .findings())
                    .isEmpty();
        }
    }

    /** A password is changed in every project of its user, also in one that has not come far. */
    @Test
    void rotation_succeeds_for_a_user_of_an_incomplete_project() {
        String half = name + "_half";
        try (CitusCluster cluster = nodes.connect()) {
            make(cluster);
            assertThatThrownBy(() -> cluster.project(half)
                            .withUser(user, Secret.of("first"))
                            .onProgress(progress -> {
                                throw new AssertionError("the process ends here");
                            })
                            .create())
                    .hasMessageContaining("the process ends here");

            cluster.users().rotatePassword(user, Secret.of("second"));

            cluster.project(half).withUser(user, Secret.of("second")).create();
            assertThat(TestCluster.besidesTrust(cluster.getProject(half).verify())
                            .findings())
                    .isEmpty();
            assertThat(TestCluster.besidesTrust(cluster.getProject(name).verify())
                            .findings())
                    .isEmpty();
        }
    }

    @Test
    void clone_completes_an_interrupted_change_first() throws Exception {
        try (CitusCluster cluster = nodes.connect()) {
            make(cluster);
            // As a process leaves it that was killed while it copied.
            nodes.ask("postgres", bind("update citus_tenancy.project set state = 'changing' where name = ?", name));
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                nodes.ask(node, "postgres", "alter database " + name + " with allow_connections false");
            }

            cluster.getProject(name).cloneTo(name + "_copy", options -> options.endingSessions());

            assertThat(TestCluster.besidesTrust(cluster.getProject(name).verify())
                            .findings())
                    .isEmpty();
            assertThat(TestCluster.besidesTrust(
                                    cluster.getProject(name + "_copy").verify())
                            .findings())
                    .isEmpty();
        }
    }

    @Test
    void clone_refuses_an_existing_project_and_repair_refuses_a_dropped_one() {
        try (CitusCluster cluster = nodes.connect()) {
            make(cluster);
            var gone = cluster.getProject(name);
            assertThatThrownBy(() -> gone.cloneTo(name)).isInstanceOf(ConflictException.class);
            gone.drop();

            assertThatThrownBy(gone::repair).isInstanceOf(NotFoundException.class);
        }
    }
}
