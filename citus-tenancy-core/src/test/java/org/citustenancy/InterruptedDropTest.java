package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A drop that got halfway: one worker could not let its database go. The next drop ends it. */
@Tag("once")
@RequiresCluster
class InterruptedDropTest {

    private final TestCluster nodes;
    private final String name = TestCluster.unique("half_dropped");
    private Connection holder;

    InterruptedDropTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    /** There is none where there is no Citus, and the test is skipped. */
    private EmbeddedNode worker() {
        return nodes.embedded().workers().get(1);
    }

    @BeforeEach
    void make() throws SQLException {
        try (CitusCluster cluster = nodes.connect()) {
            cluster.project(name).withUser(name + "_user", Secret.of("any")).create();
        }
        // Holds the database as an object without being in it.
        holder = nodes.open(worker(), "postgres");
        holder.setAutoCommit(false);
        TestCluster.ask(holder, "comment on database " + name + " is 'held'");
    }

    @AfterEach
    void release_the_worker() throws SQLException {
        holder.close();
    }

    @Test
    void next_drop_completes_after_an_interrupt() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (CitusCluster patient = nodes.connect()) {
            Project project = patient.getProject(name);
            Future<?> first = thread.submit(project::drop);
            Await.until(() -> isWaiting()
                    && nodes.ask(nodes.embedded().workers().get(0), "postgres", databases())
                            .isEmpty());
            thread.shutdownNow();

            assertThatThrownBy(first::get).hasCauseInstanceOf(OperationInterruptedException.class);
            assertThat(nodes.ask(worker(), "postgres", databases())).containsExactly(name);
            assertThat(patient.projects())
                    .filteredOn(known -> known.name().equals(name))
                    .singleElement()
                    .satisfies(known -> assertThat(known.state()).isEqualTo(ProjectState.DROPPING));
            assertThatThrownBy(() -> patient.project(name)
                            .withUser(name + "_user", Secret.of("any"))
                            .create())
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("\"" + name + "\" is being dropped");

            holder.rollback();
            prepareTransaction();
            project.drop();

            assertGone(patient);
        }
    }

    /** What happens to the rest meanwhile is cleared away too. */
    private void prepareTransaction() throws SQLException {
        nodes.ask(worker(), "postgres", "alter database " + name + " with allow_connections true");
        try (Connection session = nodes.open(worker(), name)) {
            TestCluster.ask(session, "begin");
            TestCluster.ask(session, "create table prepared (id int)");
            TestCluster.ask(session, bind("prepare transaction ?", name));
        }
    }

    @Test
    void next_drop_completes_after_a_killed_process() throws Exception {
        try (ChildJvm child = ChildProvisioner.start(nodes);
                CitusCluster cluster = nodes.connect()) {
            assertThat(child.hear()).isEqualTo("connected");
            child.tell("drop " + name);
            Await.until(this::isWaiting);
            child.kill();
            holder.rollback();

            cluster.getProject(name).drop();

            assertGone(cluster);
        }
    }

    private boolean isWaiting() throws SQLException {
        return !nodes.ask(
                        worker(),
                        "postgres",
                        bind(
                                "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like ?",
                                "drop database%" + name + "%"))
                .isEmpty();
    }

    private void assertGone(CitusCluster cluster) throws SQLException {
        assertThatNodes(nodes).hasNoDatabase(name).hasNoRole(name + "_user");
        assertThat(cluster.projects()).noneMatch(project -> project.name().equals(name));
    }

    private String databases() {
        return bind("select datname from pg_database where datname = ?", name);
    }
}
