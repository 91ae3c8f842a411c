package org.citustenancy.concurrency;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.Gate;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A user who comes into one project more between the look at the user's projects and the locks on them. */
@Tag("asks-for-passwords")
@RequiresCluster
class ConcurrentCreateAndRotationTest {

    private static final Secret FIRST = Secret.of("first-Password");
    private static final Secret SECOND = Secret.of("second-Password");

    private final TestCluster nodes;
    private final String known = TestCluster.unique("meeting");
    private final String user = known + "_user";
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Gate begun = new Gate();

    ConcurrentCreateAndRotationTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @AfterEach
    void end() {
        begun.open();
        threads.shutdownNow();
    }

    @Test
    void new_project_gets_the_password_of_a_rotation_in_progress() throws Exception {
        String young = known + "_young";
        try (CitusCluster cluster = nodes.connect()) {
            cluster.project(known).withUser(user, FIRST).create();
            Future<Project> slow = beginSlowly(cluster, known);
            Future<?> rotation = threads.submit(() -> cluster.users().rotatePassword(user, SECOND));
            awaitWaiting();

            cluster.project(young).withUser(user, FIRST).create();
            begun.open();
            slow.get();
            rotation.get();

            assertChanged(cluster, known);
            assertChanged(cluster, young);
        }
    }

    /** A change that holds the project's lock until it may go on. */
    private Future<Project> beginSlowly(CitusCluster cluster, String project) {
        Future<Project> slow = threads.submit(() -> cluster.project(project)
                .connectionLimit(30)
                .onProgress(progress -> begun.pass())
                .create());
        begun.awaitSomebody();
        return slow;
    }

    private void assertChanged(CitusCluster cluster, String project) throws SQLException {
        assertThat(TestCluster.besidesTrust(cluster.getProject(project).verify())
                        .findings())
                .isEmpty();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            assertThat(nodes.ask(node, project, user, SECOND.reveal(), "select 1"))
                    .containsExactly("1");
        }
    }

    private void awaitWaiting() throws SQLException, InterruptedException {
        Await.until(() -> !nodes.ask(
                        "postgres",
                        "select pid from pg_stat_activity where wait_event = 'advisory' and query like '%/" + known
                                + "%'")
                .isEmpty());
    }
}
