package org.citustenancy.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectTemplate;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A copy wants the lock of what it copies and then that of what an earlier attempt has left; a rotation wants both in the
 * order of their names, which is the other one. A session that holds one and waits for the other until the deadline fails.
 *
 * <p>The maintenance database is the test's own, so that all locks in it are of these two.
 */
@Tag("long")
@Tag("asks-for-passwords")
@RequiresCluster
class ConcurrentCloneAndRotationTest {

    private static final Secret FIRST = Secret.of("first-Password");
    private static final Secret SECOND = Secret.of("second-Password");

    private final TestCluster nodes;
    private final String maintenance = TestCluster.unique("maintenance");
    private final String copy = TestCluster.unique("crossing") + "_a";
    private final String original = copy + "_original";
    private final String user = copy + "_user";
    private final ExecutorService threads = Executors.newCachedThreadPool();

    ConcurrentCloneAndRotationTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @BeforeEach
    void make() throws SQLException {
        nodes.makeMaintenanceDatabase(maintenance);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    private CitusCluster hurried() {
        return CitusCluster.connect(nodes.options(maintenance).deadline(Duration.ofSeconds(60)));
    }

    @Test
    void clone_and_rotation_complete_without_a_deadlock() throws Exception {
        try (CitusCluster cluster = hurried()) {
            Project project = cluster.project(original).withUser(user, FIRST).create();
            project.cloneTo(copy);

            assertBothEnd(cluster, () -> project.cloneTo(copy));
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
        }
    }

    @Test
    void template_copy_and_rotation_complete_without_a_deadlock() throws Exception {
        try (CitusCluster cluster = hurried()) {
            ProjectTemplate template =
                    cluster.template(cluster.project(original).withUser(user, FIRST), "v1", project -> {});
            template.create(copy);

            assertBothEnd(cluster, () -> template.create(copy));
        }
    }

    /** The copy is about to hold the original, and the rotation all that comes before it. */
    private void assertBothEnd(CitusCluster cluster, Callable<Project> copying) throws Exception {
        // As a process leaves it that was killed while it copied.
        nodes.ask(maintenance, bind("update citus_tenancy.project set state = 'cloning' where name = ?", copy));
        Future<Project> copied;
        Future<?> rotated;
        try (Connection holder = nodes.open(nodes.embedded().coordinator(), maintenance)) {
            TestCluster.ask(
                    holder, "select pg_advisory_lock(hashtextextended('citus_tenancy/project/" + original + "', 0))");
            copied = threads.submit(copying);
            awaitWaiting(1);
            rotated = threads.submit(() -> cluster.users().rotatePassword(user, SECOND));
            awaitWaiting(2);
        }

        Project made = copied.get();
        rotated.get();

        assertThat(TestCluster.besidesTrust(made.verify()).findings()).isEmpty();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            assertThat(nodes.ask(node, copy, user, SECOND.reveal(), "select 1")).containsExactly("1");
        }
    }

    private void awaitWaiting(int sessions) throws SQLException, InterruptedException {
        String waiting = bind(
                "select count(*) from pg_stat_activity where wait_event = 'advisory' and datname = ?", maintenance);
        Await.until(() -> nodes.ask("postgres", waiting).get(0).equals(String.valueOf(sessions)));
    }
}
