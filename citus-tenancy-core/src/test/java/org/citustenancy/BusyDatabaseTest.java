package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;

import java.sql.Connection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.Program;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A session that keeps a worker from creating or dropping a database for a moment delays an operation, and no more. */
@Tag("asks-for-passwords")
@RequiresCluster(ofItsOwn = true)
class BusyDatabaseTest {

    private static final String IN_USE = "is being accessed by other users";

    private final TestCluster nodes;
    private final EmbeddedNode worker;
    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    BusyDatabaseTest(TestCluster nodes) {
        this.nodes = nodes;
        this.worker = nodes.embedded().workers().get(0);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    @Tag("long")
    void create_waits_for_a_session_in_the_template_on_a_worker_by_direct_connections() throws Exception {
        createWaits(true);
    }

    @Test
    @Tag("long")
    void create_waits_for_a_session_in_the_template_on_a_worker_through_the_coordinator() throws Exception {
        createWaits(false);
    }

    private void createWaits(boolean direct) throws Exception {
        String name = TestCluster.unique("busy_template");
        try (CitusCluster cluster = CitusCluster.connect(nodes.options().directWorkerConnections(direct));
                Connection session = nodes.open(worker, "template1")) {
            int refused = refused();
            Future<Project> creating = threads.submit(() -> cluster.project(name)
                    .withUser(name + "_user", Secret.of("any"))
                    .create());
            Await.until(() -> creating.isDone() || refused() > refused);
            session.close();

            Project project = creating.get();
            assertThat(refused()).isGreaterThan(refused);
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            project.drop();
        }
    }

    @Test
    @Tag("long")
    void drop_waits_for_a_session_that_does_not_end_on_a_worker_by_direct_connections() throws Exception {
        dropWaits(true);
    }

    @Test
    void drop_waits_for_a_session_that_does_not_end_on_a_worker_through_the_coordinator() throws Exception {
        dropWaits(false);
    }

    private void dropWaits(boolean direct) throws Exception {
        String name = TestCluster.unique("busy_project");
        try (CitusCluster cluster = CitusCluster.connect(nodes.options().directWorkerConnections(direct))) {
            Project project = cluster.project(name)
                    .withUser(name + "_user", Secret.of("any"))
                    .create();
            String pid = stoppedSession(name);
            try {
                int refused = refused();
                Future<?> dropping = threads.submit(project::drop);
                Await.until(() -> dropping.isDone() || refused() > refused);
                Program.run("", "kill", "-CONT", pid);

                dropping.get();
                assertThat(refused()).isGreaterThan(refused);
            } finally {
                Program.run("", "kill", "-CONT", pid);
            }
            assertThatNodes(nodes).hasNoDatabase(name);
        }
    }

    /** A process that is stopped ends when it goes on. */
    private String stoppedSession(String database) throws Exception {
        Connection session = nodes.open(worker, database);
        String pid = TestCluster.ask(session, "select pg_backend_pid()").get(0);
        Program.run("", "kill", "-STOP", pid);
        return pid;
    }

    private int refused() {
        return worker.log().split(IN_USE, -1).length;
    }
}
