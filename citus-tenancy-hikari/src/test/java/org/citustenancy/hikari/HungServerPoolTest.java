package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.errors.ConnectionTimeoutException;
import org.citustenancy.hikari.internal.budget.Ledger;
import org.citustenancy.hikari.internal.connections.Login;
import org.citustenancy.hikari.internal.connections.PoolConnection;
import org.citustenancy.hikari.internal.connections.Targets;
import org.citustenancy.hikari.internal.hikari.ClosingPools;
import org.citustenancy.hikari.internal.hikari.RunningPool;
import org.citustenancy.hikari.internal.housekeeping.Housekeeping;
import org.citustenancy.hikari.internal.nodes.NodeWatch;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.hikari.pool.PoolName;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.testing.QuickProjects;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Pools of a server that hangs, beside pools of one that does not. */
@RequiresCluster(citus = false)
class HungServerPoolTest {

    private static EmbeddedCluster embedded;
    private static TestCluster hung;

    private final TestCluster nodes;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    HungServerPoolTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @BeforeAll
    static void start() {
        embedded = EmbeddedCluster.builder()
                .workers(0)
                .authentication(Authentication.SCRAM_SHA_256)
                .start();
        hung = new TestCluster(embedded);
    }

    @AfterAll
    static void stop() {
        embedded.close();
    }

    private static EmbeddedNode server() {
        return embedded.coordinator();
    }

    @AfterEach
    void end() {
        server().resume();
        threads.shutdownNow();
    }

    private static ConnectionInfo onHungServer(String name) throws SQLException {
        ConnectionInfo made = QuickProjects.make(hung, name);
        return QuickProjects.connection(
                server(), made.database(), made.user(), QuickProjects.PASSWORD, "?cancelSignalTimeout=2");
    }

    @Test
    void closing_takes_the_time_of_one_connection() throws Exception {
        List<ConnectionInfo> projects = List.of(onHungServer("closed"), onHungServer("closed"));
        ProjectPoolsBuilder builder = ProjectPools.builder()
                .closingGrace(Duration.ofMillis(100))
                .settings(PoolSettings.guide().with().max(5).build());
        projects.forEach(builder::project);
        ProjectPools pools = builder.open();
        List<Future<?>> statements = new ArrayList<>();
        for (ConnectionInfo project : projects) {
            ProjectPool pool = pools.pool(project.database(), project.user());
            List<Connection> borrowed = new ArrayList<>();
            for (int number = 0; number < 5; number++) {
                borrowed.add(pool.dataSource().getConnection());
            }
            borrowed.remove(4).close();
            // The last one of these runs no statement.
            for (Connection connection : borrowed.subList(0, 3)) {
                Statement statement = connection.createStatement();
                statements.add(threads.submit(() -> statement.execute("select pg_sleep(600)")));
            }
        }
        Await.until(() -> hung.ask(
                        "postgres",
                        "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(600)'")
                .equals(List.of("6")));
        server().pause();

        long begin = System.nanoTime();
        pools.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(12));
        for (Future<?> statement : statements) {
            assertThat(statement).failsWithin(Duration.ofSeconds(1));
        }
        Await.until(() -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(name -> projects.stream().anyMatch(project -> name.contains(project.database()))));
    }

    @Test
    void loan_that_is_refused_does_not_start_the_timeout_again() throws Exception {
        ConnectionInfo project = onHungServer("refused");
        PoolName name = new PoolName(project.database(), project.user(), false);
        CountDownLatch returned = new CountDownLatch(1);
        try (Housekeeping housekeeping = new Housekeeping()) {
            NodeWatch watch = new NodeWatch(housekeeping.nodes());
            // The pool is notified of a node that is down after this, so it lends a connection to the node meanwhile.
            CountDownLatch down = new CountDownLatch(1);
            watch.onChange(node -> {
                down.countDown();
                await(returned);
            });
            RunningPool pool = new RunningPool(
                    name,
                    new Login(project.user(), QuickProjects.PASSWORD),
                    PoolSettings.guide()
                            .with()
                            .max(1)
                            .maxUses(100)
                            .connectionTimeoutMillis(4_000)
                            .build(),
                    Targets.everyNode(project, List.of(), watch),
                    new RunningPool.Surroundings(
                            housekeeping,
                            new Ledger(ConnectionBudget.unlimited(), housekeeping.budget()),
                            watch,
                            PoolMetrics.NONE,
                            any -> Optional.empty()));
            try {
                Connection first = pool.dataSource().getConnection();
                long begin = System.nanoTime();
                Future<Connection> waiting =
                        threads.submit(() -> pool.dataSource().getConnection());
                Await.until(() -> pool.figures().waiting() == 1);
                server().pause();
                Future<?> failing = threads.submit(() -> watch.node(new NodeAddress(project.host(), project.port()))
                        .failed("of this test"));
                await(down);
                while (System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(3)) {
                    TimeUnit.MILLISECONDS.sleep(50);
                }
                first.close();

                assertThatThrownBy(waiting::get).hasCauseInstanceOf(ConnectionTimeoutException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
                returned.countDown();
                failing.get();
            } finally {
                returned.countDown();
                server().resume();
                new ClosingPools(List.of(pool), housekeeping.closing()).close(Duration.ZERO);
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void validations_delay_no_other_task() throws Exception {
        ConnectionInfo project = onHungServer("validated");
        try (Housekeeping housekeeping = new Housekeeping();
                ProjectPools pools = ProjectPools.builder()
                        .project(project)
                        .closingGrace(Duration.ZERO)
                        .open()) {
            List<Future<Boolean>> validations = new ArrayList<>();
            List<PoolConnection> connections = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                connections.add(pools.dataSource(project.database(), project.user())
                        .getConnection()
                        .unwrap(PoolConnection.class));
            }
            server().pause();
            for (PoolConnection connection : connections) {
                validations.add(housekeeping.pools().submit(() -> connection.isValid(3)));
            }
            Future<Boolean> other = housekeeping.pools().schedule(() -> true, 100, TimeUnit.MILLISECONDS);

            assertThat(other).succeedsWithin(Duration.ofSeconds(2));
            assertThat(validations).noneMatch(Future::isDone);
            for (Future<Boolean> validation : validations) {
                assertThat(validation.get()).isFalse();
            }
            server().resume();
        }
    }

    @Test
    void connections_that_are_passed_on_delay_no_other_pool() throws Exception {
        ConnectionInfo holder = onHungServer("holder");
        ConnectionInfo waiting = QuickProjects.make(nodes, "waiting");
        ConnectionInfo filled = QuickProjects.make(nodes, "filled");
        ExecutorService borrowers = Executors.newFixedThreadPool(4);
        try (ProjectPools pools = ProjectPools.builder()
                .project(holder)
                .project(waiting)
                .project(filled)
                .closingGrace(Duration.ZERO)
                .budget(ConnectionBudget.of(5).guarantee(filled.database(), 1))
                .settings(holder.database(), settings -> settings.min(4).max(4))
                .settings(filled.database(), settings -> settings.min(1))
                .open()) {
            ProjectPool held = pools.pool(holder.database(), holder.user());
            Await.until(() -> held.figures().idle() == 4);
            server().pause();
            ProjectPool other = pools.pool(waiting.database(), waiting.user());
            for (int number = 0; number < 4; number++) {
                Future<?> unused = borrowers.submit(() -> other.dataSource().getConnection());
            }
            Await.until(() -> held.figures().total() <= 2);

            long begin = System.nanoTime();
            ProjectPool full = pools.pool(filled.database(), filled.user());
            Await.until(() -> full.figures().total() == 1);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
            server().resume();
        } finally {
            borrowers.shutdownNow();
        }
    }
}
