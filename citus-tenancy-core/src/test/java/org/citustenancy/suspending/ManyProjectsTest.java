package org.citustenancy.suspending;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.citustenancy.Autosuspend;
import org.citustenancy.CitusCluster;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.CitusAssumption;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.ClusterVerification;
import org.citustenancy.plan.Verification;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many more projects than background processes, of which a few are in use in turn. On demand; {@code
 * -Dcitustenancy.test.many.projects=1000}, {@code .processes=64}, {@code .used=30} and {@code .seconds=600} are for a
 * machine with many processors: a project that wakes and is suspended again takes about 0.3 s of processor time.
 */
@Tag("long")
@Tag("once")
class ManyProjectsTest {

    private static final int PROJECTS = Integer.getInteger("citustenancy.test.many.projects", 100);
    private static final int PROCESSES = Integer.getInteger("citustenancy.test.many.processes", 16);
    private static final int USED = Integer.getInteger("citustenancy.test.many.used", 8);
    private static final int SECONDS = Integer.getInteger("citustenancy.test.many.seconds", 60);
    private static final int IDLE_SECONDS = Integer.getInteger("citustenancy.test.many.idle", 5);

    /** The shortest and the longest use of a project, in seconds. */
    private static final int SHORTEST = Integer.getInteger("citustenancy.test.many.shortest", 3);

    private static final int LONGEST = Integer.getInteger("citustenancy.test.many.longest", 22);

    /** How long a project may be in use without a daemon. */
    private static final Duration WITHOUT_DAEMON = Duration.ofSeconds(15);

    private static final String PASSWORD = "many-Password-1";

    /** The databases in which a client has a session, and whether a daemon runs there. */
    private static final String IN_USE = "select datname || ' ' || bool_or(backend_type like 'Citus Maintenance%') "
            + "from pg_stat_activity where datname like 'many%' group by datname "
            + "having bool_or(usename like 'many%')";

    @Test
    void projects_in_use_have_their_daemons_and_applications_see_no_error() throws Exception {
        try (EmbeddedCluster embedded = CitusAssumption.startWithCitus(EmbeddedCluster.builder()
                        .workers(2)
                        .authentication(Authentication.SCRAM_SHA_256)
                        .setting("max_worker_processes", String.valueOf(PROCESSES))
                        .setting("max_connections", "400")
                        .setting("max_logical_replication_workers", "1"));
                CitusCluster cluster = CitusCluster.connect(
                        TestCluster.closed(embedded).options().deadline(Duration.ofMinutes(2)));
                Autosuspend autosuspend =
                        cluster.autosuspend(options -> options.idleFor(Duration.ofSeconds(IDLE_SECONDS))
                                .every(Duration.ofSeconds(1))
                                .reserve(4))) {
            TestCluster nodes = new TestCluster(embedded);
            long begun = System.nanoTime();
            create(cluster);
            print("created %d projects in %.0f s", PROJECTS, seconds(begun));

            Map<String, Duration> longest = use(cluster, nodes);
            print("longest use without a daemon: %s", longest.values().stream().max(Duration::compareTo));
            assertThat(longest)
                    .allSatisfy((project, time) -> assertThat(time).as(project).isLessThan(WITHOUT_DAEMON));

            verify(cluster);
            assertThat(autosuspend.lastReport().orElseThrow().obstacles()).isEmpty();
        }
    }

    private static void create(CitusCluster cluster) {
        List<ProjectOutcome> outcomes = cluster.create(IntStream.range(0, PROJECTS)
                .mapToObj(number -> cluster.project(name(number)).withUser(user(number), Secret.of(PASSWORD)))
                .toList());
        assertThat(outcomes)
                .filteredOn(outcome -> outcome.failure().isPresent())
                .isEmpty();
    }

    private static String name(int number) {
        return "many" + number;
    }

    private static String user(int number) {
        return name(number) + "_user";
    }

    /** Uses some projects at a time. Returns how long each was in use without a daemon on some node. */
    private static Map<String, Duration> use(CitusCluster cluster, TestCluster nodes) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        AtomicInteger next = new AtomicInteger();
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        Map<String, Duration> longest;
        try {
            Future<Map<String, Duration>> watch = threads.submit(() -> watch(nodes, ended));
            List<Future<Integer>> applications = new ArrayList<>();
            for (int index = 0; index < USED; index++) {
                applications.add(threads.submit(() -> {
                    int statements = 0;
                    while (System.nanoTime() < end) {
                        statements += useOne(cluster, next.getAndIncrement() % PROJECTS);
                    }
                    return statements;
                }));
            }
            int statements = 0;
            for (Future<Integer> application : applications) {
                statements += application.get();
            }
            ended.set(true);
            longest = watch.get();
            print("%d statements in %d uses, without an error", statements, next.get());
        } finally {
            ended.set(true);
            threads.shutdown();
        }
        return longest;
    }

    /** Uses a project for some time, as a pool does. */
    private static int useOne(CitusCluster cluster, int number) throws SQLException, InterruptedException {
        String url = cluster.getProject(name(number)).connection(user(number)).jdbcUrl();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SHORTEST + number % (LONGEST - SHORTEST + 1));
        int statements = 0;
        try (Connection connection = DriverManager.getConnection(url, user(number), PASSWORD)) {
            TestCluster.ask(connection, "create table if not exists facts (id bigint, value text)");
            if (TestCluster.ask(connection, "select 1 from citus_tables").isEmpty()) {
                TestCluster.ask(connection, "select create_distributed_table('facts', 'id', shard_count => 4)");
            }
            while (System.nanoTime() < end) {
                TestCluster.ask(connection, "insert into facts values (" + statements + ", 'x')");
                TestCluster.ask(connection, "select count(*) from facts");
                statements += 2;
                TimeUnit.MILLISECONDS.sleep(250);
            }
        }
        return statements;
    }

    private static Map<String, Duration> watch(TestCluster nodes, AtomicBoolean ended) throws Exception {
        Map<String, Long> since = new HashMap<>();
        Map<String, Duration> longest = new HashMap<>();
        while (!ended.get()) {
            long now = System.nanoTime();
            Set<String> without = new HashSet<>();
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                nodes.ask(node, "postgres", IN_USE).stream()
                        .filter(row -> row.endsWith("false"))
                        .forEach(row -> without.add(row + " " + node.port()));
            }
            since.keySet().retainAll(without);
            for (String project : without) {
                Duration time = Duration.ofNanos(now - since.computeIfAbsent(project, first -> now));
                longest.merge(project, time, (one, two) -> one.compareTo(two) > 0 ? one : two);
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return longest;
    }

    private static void verify(CitusCluster cluster) throws Exception {
        long begun = System.nanoTime();
        ClusterVerification thorough = cluster.verifyThoroughly();
        double all = seconds(begun);
        print("thorough verification: %.1f s", all);
        assertThat(thorough.failures()).isEmpty();
        assertThat(thorough.projects())
                .allSatisfy(project -> assertThat(project.findings()).isEmpty());
        // Commit records that were left are removed when a project is suspended, and the next verification looks
        // inside.
        ClusterVerification second = cluster.verify();
        print("visited: %d", PROJECTS - second.unchanged().size());
        TimeUnit.SECONDS.sleep(IDLE_SECONDS + 15L);
        long again = System.nanoTime();
        ClusterVerification quick = cluster.verify();
        double few = seconds(again);
        print(
                "quick verification: %.2f s, %d projects visited, ratio %.3f",
                few, PROJECTS - quick.unchanged().size(), few / all);
        assertThat(quick.isClean()).isTrue();
        assertThat(quick.projects()).extracting(Verification::project).hasSize(PROJECTS);
        // Autovacuum writes statistics into projects that are new.
        assertThat(quick.unchanged()).isNotEmpty();
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void print(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
