package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.errors.ConnectionTimeoutException;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.testing.QuickProjects;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Test;

/** Who gets the connections of a budget. */
@RequiresCluster(citus = false)
class ConnectionBudgetTest {

    private final TestCluster nodes;
    private final List<ConnectionInfo> projects;

    ConnectionBudgetTest(TestCluster nodes) throws SQLException {
        this.nodes = nodes;
        this.projects = QuickProjects.make(nodes, "budget", 2);
    }

    private ProjectPools open(ConnectionBudget budget) {
        return open(budget, 5_000);
    }

    private ProjectPools open(ConnectionBudget budget, long patienceMillis) {
        return ProjectPools.builder()
                .project(projects.get(0))
                .project(projects.get(1))
                .budget(budget)
                .settings(PoolSettings.guide()
                        .with()
                        .connectionTimeoutMillis(patienceMillis)
                        .build())
                .open();
    }

    private static DataSource source(ProjectPools pools, ConnectionInfo project) {
        return pools.dataSource(project.database(), project.user());
    }

    private static List<Connection> borrow(DataSource source, int count) throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            borrowed.add(source.getConnection());
        }
        return borrowed;
    }

    private static void giveBack(List<Connection> borrowed) throws SQLException {
        for (Connection connection : borrowed) {
            connection.close();
        }
    }

    @Test
    void budget_reclaims_idle_connections_of_a_quiet_project_for_a_busy_one() throws SQLException {
        try (ProjectPools pools = open(ConnectionBudget.of(4))) {
            giveBack(borrow(source(pools, projects.get(0)), 4));
            assertThat(pools.use().projects()).singleElement().satisfies(use -> {
                assertThat(use.project()).isEqualTo(projects.get(0).database());
                assertThat(use.idle()).isEqualTo(4);
            });

            List<Connection> busy = borrow(source(pools, projects.get(1)), 3);

            assertThat(pools.use().held()).isEqualTo(4);
            assertThat(pools.pool(projects.get(0).database(), projects.get(0).user())
                            .figures()
                            .total())
                    .isEqualTo(1);
            giveBack(busy);
        }
    }

    @Test
    void budget_reclaims_connections_that_were_opened_ahead_and_never_lent() throws Exception {
        ConnectionInfo ahead = projects.get(0);
        try (ProjectPools pools = ProjectPools.builder()
                .project(ahead)
                .project(projects.get(1))
                .budget(ConnectionBudget.of(3))
                .settings(ahead.database(), settings -> settings.min(3))
                .open()) {
            ProjectPool ready = pools.pool(ahead.database(), ahead.user());
            Await.until(() -> ready.figures().idle() == 3);

            List<Connection> busy = borrow(source(pools, projects.get(1)), 2);

            assertThat(pools.use().held()).isEqualTo(3);
            assertThat(ready.figures().total()).isEqualTo(1);
            giveBack(busy);
            try (Connection connection = ready.dataSource().getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
        }
    }

    @Test
    void guaranteed_connections_are_available_while_other_projects_use_the_rest() throws SQLException {
        ConnectionInfo kept = projects.get(1);
        try (ProjectPools pools = open(ConnectionBudget.of(4).guarantee(kept.database(), 1), 1_000)) {
            List<Connection> most = borrow(source(pools, projects.get(0)), 3);
            assertThatThrownBy(() -> source(pools, projects.get(0)).getConnection())
                    .isInstanceOf(ConnectionTimeoutException.class);

            try (Connection connection = source(pools, kept).getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
            giveBack(most);
        }
    }

    @Test
    void project_gets_no_more_connections_than_its_limit() throws SQLException {
        ConnectionInfo limited = projects.get(0);
        try (ProjectPools pools = open(ConnectionBudget.of(10).limit(limited.database(), 2), 1_000)) {
            List<Connection> allowed = borrow(source(pools, limited), 2);
            assertThatThrownBy(() -> source(pools, limited).getConnection())
                    .isInstanceOf(ConnectionTimeoutException.class);
            giveBack(allowed);
        }
    }

    @Test
    void timeout_reports_held_connections_and_waiting_projects() throws Exception {
        ConnectionInfo holder = projects.get(0);
        ConnectionInfo waiter = projects.get(1);
        try (ProjectPools pools = open(ConnectionBudget.of(2), 1_000)) {
            List<Connection> held = borrow(source(pools, holder), 2);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<Connection> other = thread.submit(() -> source(pools, waiter).getConnection());

            assertThatThrownBy(() -> source(pools, waiter).getConnection())
                    .isInstanceOfSatisfying(ConnectionTimeoutException.class, timeout -> {
                        assertThat(timeout.use().held()).isEqualTo(2);
                        assertThat(timeout.use().projects()).hasSizeGreaterThanOrEqualTo(1);
                    })
                    .hasMessageContaining("No connection of " + waiter.user() + "@" + waiter.database())
                    .hasMessageContaining("2 of 2 connections are held: " + holder.database() + " 2 (2 in use, 0 idle)")
                    .hasMessageContaining("fix: give connections back sooner");
            assertThatThrownBy(other::get).hasCauseInstanceOf(ConnectionTimeoutException.class);
            thread.shutdown();
            giveBack(held);
        }
    }

    @Test
    void busy_project_does_not_starve_an_occasional_one() throws Exception {
        try (ProjectPools pools = open(ConnectionBudget.of(2))) {
            DataSource greedy = source(pools, projects.get(0));
            DataSource modest = source(pools, projects.get(1));
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger requests = new AtomicInteger();
            ExecutorService threads = Executors.newFixedThreadPool(6);
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 6; thread++) {
                running.add(threads.submit(() -> {
                    while (!stop.get()) {
                        try (Connection connection = greedy.getConnection()) {
                            connection.createStatement().execute("select pg_sleep(0.002)");
                            requests.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            long longest = 0;
            for (int visit = 0; visit < 10; visit++) {
                long begin = System.nanoTime();
                try (Connection connection = modest.getConnection()) {
                    connection.createStatement().execute("select 1");
                }
                longest = Math.max(longest, System.nanoTime() - begin);
                TimeUnit.MILLISECONDS.sleep(100);
            }
            stop.set(true);
            for (Future<?> each : running) {
                each.get();
            }
            threads.shutdown();

            assertThat(TimeUnit.NANOSECONDS.toMillis(longest)).isLessThan(4_000);
            assertThat(requests.get()).isGreaterThan(20);
        }
    }

    @Test
    void budget_reclaims_another_connection_when_one_is_not_returned() throws Exception {
        try (ProjectPools pools = open(ConnectionBudget.of(6))) {
            DataSource holder = source(pools, projects.get(0));
            List<Connection> held = borrow(holder, 6);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<Connection> waiting =
                    thread.submit(() -> source(pools, projects.get(1)).getConnection());
            TimeUnit.MILLISECONDS.sleep(1_500);

            // Any one will do, whichever was asked for first.
            held.remove(held.size() - 1).close();

            waiting.get(3, TimeUnit.SECONDS).close();
            thread.shutdown();
            giveBack(held);
        }
    }

    @Test
    void impossible_budget_is_refused_with_every_reason() {
        assertThatThrownBy(() -> ConnectionBudget.of(5).guarantee("a", 3).guarantee("b", 3))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("the guaranteed minimums are 6 together, more than the 5 connections");
        assertThatThrownBy(() -> ConnectionBudget.of(0)).hasMessageContaining("it has 0 connections");
        assertThatThrownBy(() -> ConnectionBudget.of(5).instances(0)).hasMessageContaining("there are 0 instances");
        assertThatThrownBy(() -> ConnectionBudget.of(5).guarantee("a", 3).limit("a", 2))
                .hasMessageContaining("\"a\" is guaranteed 3 and limited to 2");
        assertThat(ConnectionBudget.shared(80, 3).connections()).isEqualTo(26);
    }

    @Test
    void open_refuses_a_budget_that_exceeds_the_limits_of_the_server() throws SQLException {
        ConnectionInfo limited = projects.get(0);
        nodes.ask("postgres", "alter database " + TestCluster.identifier(limited.database()) + " connection limit 15");
        nodes.ask("postgres", "alter role " + TestCluster.identifier(limited.user()) + " connection limit 12");

        assertThatThrownBy(() -> open(ConnectionBudget.of(150).instances(3)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("the budget of 150 in each of 3 instances is more than the 397 that there are"
                        + " (max_connections 400, of which 3 are reserved)")
                .hasMessageContaining("pools may take 20 in each of 3 instances of the database \"" + limited.database()
                        + "\", whose limit is 15")
                .hasMessageContaining("of the role \"" + limited.user() + "\", whose limit is 12");

        open(ConnectionBudget.of(150).instances(2).limit(limited.database(), 6)).close();
    }
}
