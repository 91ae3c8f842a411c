package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import javax.sql.DataSource;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.testing.QuickProjects;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many more projects than connections, some of which never pause. With {@code -Dcitustenancy.test.real-projects=true} they
 * are projects of the library's on all nodes, which takes minutes to make; otherwise they share one database.
 */
@RequiresCluster(citus = false)
class BudgetUnderLoadTest {

    private static final Logger LOG = LoggerFactory.getLogger(BudgetUnderLoadTest.class);

    private static final boolean REAL = Boolean.getBoolean("citustenancy.test.real-projects");
    private static final int PROJECTS = 200;
    private static final int DATABASES = 1;
    private static final int BUDGET = 40;
    private static final int GREEDY = 2;
    private static final int GREEDY_THREADS = 5;
    private static final int VISITORS = 50;
    private static final int ROUNDS = 1;
    private static final int LOOK_MILLIS = 20;

    private final TestCluster nodes;

    BudgetUnderLoadTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void two_hundred_projects_use_no_more_than_forty_connections() throws Exception {
        List<ConnectionInfo> projects = projects();
        String database = projects.get(0).database();
        ProjectPoolsBuilder builder = ProjectPools.builder().budget(ConnectionBudget.of(BUDGET));
        projects.forEach(builder::project);
        try (ProjectPools pools = builder.open()) {
            List<DataSource> sources = projects.stream()
                    .map(project -> pools.dataSource(project.database(), project.user()))
                    .toList();
            AtomicLongArray longest = new AtomicLongArray(PROJECTS);
            AtomicInteger[] served = new AtomicInteger[PROJECTS];
            for (int project = 0; project < PROJECTS; project++) {
                served[project] = new AtomicInteger();
            }
            AtomicBoolean stop = new AtomicBoolean();
            Queue<String> failures = new ConcurrentLinkedQueue<>();
            ExecutorService threads = Executors.newCachedThreadPool();
            Future<Integer> most = threads.submit(() -> mostOnTheServer(projects.get(0), stop));
            List<Future<?>> greedy = new ArrayList<>();
            for (int thread = 0; thread < GREEDY * GREEDY_THREADS; thread++) {
                int project = thread % GREEDY;
                greedy.add(threads.submit(() -> {
                    while (!stop.get()) {
                        request(sources.get(project), project, longest, served, failures);
                    }
                }));
            }
            long begin = System.nanoTime();
            AtomicInteger next = new AtomicInteger();
            List<Callable<Void>> visitors = new ArrayList<>();
            for (int visitor = 0; visitor < VISITORS; visitor++) {
                visitors.add(() -> {
                    for (int visit = next.getAndIncrement();
                            visit < PROJECTS * ROUNDS;
                            visit = next.getAndIncrement()) {
                        int project = visit % PROJECTS;
                        request(sources.get(project), project, longest, served, failures);
                    }
                    return null;
                });
            }
            for (Future<Void> visitor : threads.invokeAll(visitors)) {
                visitor.get();
            }
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            stop.set(true);
            for (Future<?> thread : greedy) {
                thread.get();
            }
            threads.shutdown();

            long longestWait = 0;
            for (int project = GREEDY; project < PROJECTS; project++) {
                longestWait = Math.max(longestWait, longest.get(project));
            }
            LOG.warn(
                    "{} visits to {} projects in {} ms beside {} requests of {} greedy ones; at most {} connections on the"
                            + " server; longest wait {} ms, of a greedy project {} ms",
                    PROJECTS * ROUNDS,
                    PROJECTS,
                    millis,
                    served[0].get() + served[1].get(),
                    GREEDY,
                    most.get(),
                    TimeUnit.NANOSECONDS.toMillis(longestWait),
                    TimeUnit.NANOSECONDS.toMillis(Math.max(longest.get(0), longest.get(1))));
            assertThat(failures).isEmpty();
            assertThat(most.get()).isBetween(BUDGET / 2, BUDGET);
            assertThat(nodes.embedded().coordinator().log())
                    .doesNotContain("too many connections for database \"" + database);
            assertThat(served).allSatisfy(count -> assertThat(count.get()).isGreaterThanOrEqualTo(ROUNDS));
            assertThat(TimeUnit.NANOSECONDS.toSeconds(longestWait)).isLessThan(20);
        }
        assertThat(nodes.ask("postgres", onTheServer(projects.get(0)))).containsExactly("0");
    }

    private List<ConnectionInfo> projects() throws SQLException {
        if (REAL) {
            return QuickProjects.real(nodes, "load", PROJECTS);
        }
        List<ConnectionInfo> projects = QuickProjects.make(nodes, "load", PROJECTS, DATABASES);
        // The server refuses one more, too, and says so in its log.
        nodes.ask(
                "postgres",
                "alter database " + TestCluster.identifier(projects.get(0).database()) + " connection limit " + BUDGET);
        return projects;
    }

    private static void request(
            DataSource source, int project, AtomicLongArray longest, AtomicInteger[] served, Queue<String> failures) {
        long begin = System.nanoTime();
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            long waited = System.nanoTime() - begin;
            longest.accumulateAndGet(project, waited, Math::max);
            statement.execute("select pg_sleep(0.002)");
            served[project].incrementAndGet();
        } catch (SQLException failure) {
            failures.add(failure.getMessage());
        }
    }

    private static String onTheServer(ConnectionInfo first) {
        String common = first.user().substring(0, first.user().lastIndexOf('_') + 1);
        return bind(
                "select count(*) from pg_stat_activity where backend_type = 'client backend' and starts_with(usename, ?)",
                common);
    }

    private int mostOnTheServer(ConnectionInfo first, AtomicBoolean stop) throws SQLException, InterruptedException {
        int most = 0;
        try (Connection connection = nodes.open(nodes.embedded().coordinator(), "postgres");
                PreparedStatement statement = connection.prepareStatement(onTheServer(first))) {
            while (!stop.get()) {
                try (ResultSet count = statement.executeQuery()) {
                    count.next();
                    most = Math.max(most, count.getInt(1));
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
        return most;
    }
}
