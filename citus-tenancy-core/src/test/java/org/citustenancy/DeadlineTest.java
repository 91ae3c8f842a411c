package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.bind;
import static org.citustenancy.testing.TestCluster.literal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/**
 * Operations that have to wait for other sessions, and do not wait for ever. They have a maintenance database of their
 * own, so that all sessions of the library in it are theirs.
 */
@Tag("once")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class DeadlineTest {

    private static final Duration ALLOWED = Duration.ofSeconds(3);

    private final TestCluster nodes;
    private final String maintenance = TestCluster.unique("maintenance");
    private final String name = TestCluster.unique("awaited");

    DeadlineTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @BeforeAll
    void make() throws SQLException {
        nodes.makeMaintenanceDatabase(maintenance);
        try (CitusCluster cluster = patient()) {
            request(cluster).create();
        }
    }

    private CitusCluster patient() {
        return CitusCluster.connect(nodes.options(maintenance));
    }

    private CitusCluster hurried() {
        return CitusCluster.connect(nodes.options(maintenance).deadline(ALLOWED));
    }

    private ProjectRequest request(CitusCluster cluster) {
        return cluster.project(name).withUser(name + "_user", Secret.of("any"));
    }

    @AfterEach
    void assert_no_session_of_the_library_is_left() throws Exception {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            Await.until(() -> sessions(node).isEmpty());
        }
    }

    /** On a worker, those that the coordinator opened for us to run a command. */
    private List<String> sessions(EmbeddedNode node) throws SQLException {
        return nodes.ask(node, "postgres", """
                select pid, query from pg_stat_activity where datname in (%s, %s) and (application_name = 'citus-tenancy' \
                or (state = 'active' and backend_type = 'client backend'))""".formatted(literal(maintenance), literal(name)));
    }

    @Test
    void create_fails_at_the_deadline_when_the_project_lock_is_held() throws Exception {
        try (Connection holder = nodes.open(nodes.embedded().coordinator(), maintenance);
                CitusCluster cluster = hurried()) {
            TestCluster.ask(
                    holder, "select pg_advisory_lock(hashtextextended('citus_tenancy/project/" + name + "', 0))");

            assertEndsInTime(() -> request(cluster).connectionLimit(9).create());
        }
        assertUnchanged();
    }

    @Test
    void create_fails_at_the_deadline_when_a_transaction_on_the_coordinator_blocks_it() throws Exception {
        try (Connection holder = holdDatabase(nodes.embedded().coordinator());
                CitusCluster cluster = hurried()) {
            assertEndsInTime(() -> request(cluster).connectionLimit(9).create());
        }
        assertCompletes();
    }

    @Test
    void create_fails_at_the_deadline_when_a_transaction_on_a_worker_blocks_it() throws Exception {
        try (Connection holder = holdDatabase(nodes.embedded().workers().get(1));
                CitusCluster cluster = hurried()) {
            assertEndsInTime(() -> request(cluster).connectionLimit(9).create());
        }
        assertCompletes();
    }

    @Test
    void distribute_fails_at_the_deadline_when_the_table_is_locked() throws Exception {
        nodes.ask(name, "create table busy (id bigint)");
        try (Connection holder = nodes.open(nodes.embedded().coordinator(), name);
                CitusCluster cluster = hurried()) {
            holder.setAutoCommit(false);
            TestCluster.ask(holder, "lock table busy in row exclusive mode");

            assertEndsInTime(() -> cluster.getProject(name).tables().distribute("busy", "id"));
        }
        try (CitusCluster cluster = patient()) {
            assertThat(cluster.getProject(name)
                            .tables()
                            .distribute("busy", "id")
                            .changed())
                    .isTrue();
        }
    }

    @Test
    void next_create_completes_after_an_interrupt() throws Exception {
        try (Connection holder = holdDatabase(nodes.embedded().workers().get(0));
                CitusCluster cluster = patient()) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread caller = new Thread(() -> {
                try {
                    request(cluster).connectionLimit(9).create();
                } catch (RuntimeException failure) {
                    thrown.set(failure);
                }
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            Await.until(() -> isBlocked(nodes.embedded().workers().get(0)));

            caller.interrupt();

            caller.join(TimeUnit.SECONDS.toMillis(20));
            assertThat(caller.isAlive()).isFalse();
            assertThat(thrown.get())
                    .isInstanceOf(OperationInterruptedException.class)
                    .hasMessageContaining("interrupted")
                    .hasMessageContaining("run the request again");
            assertThat(flag.get()).isTrue();
        }
        assertCompletes();
    }

    @Test
    void create_fails_at_once_when_the_thread_is_interrupted() {
        try (CitusCluster cluster = patient()) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> request(cluster).connectionLimit(9).create())
                    .isInstanceOf(OperationInterruptedException.class);

            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private boolean isBlocked(EmbeddedNode node) throws SQLException {
        return !nodes.ask(
                        node,
                        "postgres",
                        "select pid from pg_stat_activity where wait_event_type = 'Lock' and query like '%alter database%"
                                + name + "%'")
                .isEmpty();
    }

    /** A change of the database that is not committed: another change of it must wait. */
    private Connection holdDatabase(EmbeddedNode node) throws SQLException {
        Connection holder = nodes.open(node, maintenance);
        holder.setAutoCommit(false);
        TestCluster.ask(holder, "alter database " + name + " connection limit 77");
        return holder;
    }

    private interface Operation {
        Object run();
    }

    private static void assertEndsInTime(Operation operation) {
        long begun = System.nanoTime();
        assertThatThrownBy(operation::run)
                .isInstanceOf(DeadlineExceededException.class)
                .hasMessageContaining("did not end within " + ALLOWED.toMillis() + " ms")
                .hasMessageContaining("pg_locks");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(ALLOWED.dividedBy(2), ALLOWED.plusSeconds(12));
    }

    private void assertCompletes() throws SQLException {
        try (CitusCluster cluster = patient()) {
            Project project = request(cluster).connectionLimit(9).create();
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            assertThat(limits()).containsExactly("9");
            request(cluster).connectionLimit(-1).create();
        }
    }

    private void assertUnchanged() throws SQLException {
        assertThat(limits()).containsExactly("-1");
    }

    private List<String> limits() throws SQLException {
        return nodes.askAll("postgres", bind("select datconnlimit from pg_database where datname = ?", name));
    }
}
