package org.citustenancy.examples.benchmark;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.citustenancy.Autosuspend;
import org.citustenancy.Project;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.plan.ClusterVerification;

/**
 * Measures what many projects cost that are suspended: processor time, the first statement, the verification of all and
 * an application's start. {@code -Dcitustenancy.benchmark.suspended=1000} selects the number of projects, {@code
 * -Dcitustenancy.benchmark.suspended-minutes=5} the number of minutes in which processor time is measured, {@code
 * -Dcitustenancy.benchmark.suspended-samples=100} the number of first statements, {@code
 * -Dcitustenancy.benchmark.suspended-use=600} the seconds for which some projects are in use in turn.
 */
final class SuspensionRow implements Row {

    private static final int PROJECTS = Integer.getInteger("citustenancy.benchmark.suspended", 60);
    private static final int MINUTES = Integer.getInteger("citustenancy.benchmark.suspended-minutes", 1);
    private static final int SAMPLES = Integer.getInteger("citustenancy.benchmark.suspended-samples", 20);

    private static final Duration USE =
            Duration.ofSeconds(Integer.getInteger("citustenancy.benchmark.suspended-use", 30));

    private static final int FEW = 50;
    private static final int USED = 10;
    private static final int ROUNDS = 5;
    private static final int PROCESSES = 64;

    /** So many projects are resumed at a time, which leaves room for their sessions. */
    private static final int AWAKE = 20;

    private static final Duration IDLE = Duration.ofSeconds(5);

    /** So many projects are in use at a time. */
    private static final int IN_TURN = 30;

    private static final Duration IDLE_IN_TURN = Duration.ofSeconds(20);
    private static final double PROCESSOR_BAR = 1.2;
    private static final double FIRST_STATEMENT_BAR = 2.5;
    private static final double PERCENTILE = 0.95;
    private static final double VERIFY_BAR = 0.05;
    private static final int VISITS_BAR = 40;
    private static final double START_BAR = 3;

    @Override
    public List<Figure> measure() throws Exception {
        try (MeasuredCluster nodes = MeasuredCluster.start(builder -> builder.workers(2)
                .setting("max_worker_processes", String.valueOf(PROCESSES))
                .setting("max_logical_replication_workers", "1")
                .setting("autovacuum", "on")
                .setting("citus.recover_2pc_interval", "1min")
                .setting("citus.distributed_deadlock_detection_factor", "2"))) {
            Optional<String> whyNot = nodes.whyNot().or(ServerProcesses::whyNot);
            if (whyNot.isPresent()) {
                return List.of(Figure.notMeasured("suspended projects", whyNot.get()));
            }
            List<String> names = create(nodes);
            List<Figure> figures = new ArrayList<>();
            figures.add(inTurn(nodes, names));
            print(figures);
            figures.addAll(verification(nodes, names));
            print(figures);
            figures.addAll(start(nodes, names));
            print(figures);
            figures.add(processorTime(nodes));
            print(figures);
            figures.add(firstStatement(nodes, names));
            return figures;
        }
    }

    private static List<String> create(MeasuredCluster nodes) throws InterruptedException {
        Stopwatch watch = Stopwatch.start();
        try (Autosuspend autosuspend = suspending(nodes)) {
            List<Project> projects = nodes.projects("asleep", PROJECTS);
            awaitSuspended(autosuspend);
            System.err.printf(Locale.ROOT, "%d projects: %.0f s%n", PROJECTS, watch.seconds());
            return projects.stream().map(Project::name).toList();
        }
    }

    /** Prints what is known already, because the row takes an hour with many projects. */
    private static void print(List<Figure> figures) {
        figures.forEach(System.err::println);
    }

    private static Autosuspend suspending(MeasuredCluster nodes) {
        return suspending(nodes, IDLE);
    }

    private static Autosuspend suspending(MeasuredCluster nodes, Duration idle) {
        return nodes.cluster()
                .autosuspend(options ->
                        options.idleFor(idle).every(Duration.ofSeconds(1)).reserve(8));
    }

    private static Figure inTurn(MeasuredCluster nodes, List<String> names) throws Exception {
        try (Autosuspend autosuspend = suspending(nodes, IDLE_IN_TURN)) {
            Figure figure = new ProjectsInTurn(nodes, names, Math.min(IN_TURN, names.size() / 2)).use(USE);
            awaitSuspended(autosuspend);
            return figure;
        }
    }

    private static void awaitSuspended(Autosuspend autosuspend) throws InterruptedException {
        while (autosuspend.checkNow().awake() > 0) {
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /** Measures the verification of all projects, of which few were used since the last one. */
    private static List<Figure> verification(MeasuredCluster nodes, List<String> names) throws Exception {
        try (Autosuspend autosuspend = suspending(nodes)) {
            // Autovacuum has analysed the new tables by then.
            TimeUnit.MINUTES.sleep(2);
            Stopwatch watch = Stopwatch.start();
            verified(nodes.cluster().verifyThoroughly());
            double thorough = watch.seconds();
            awaitSuspended(autosuspend);
            // The suspensions have removed commit records, which this one looks at.
            verified(nodes.cluster().verify());
            awaitSuspended(autosuspend);
            for (String name : names.subList(0, Math.min(USED, names.size()))) {
                try (Connection session =
                        DriverManager.getConnection(nodes.embedded().jdbcUrl(name), MeasuredCluster.user(name), "")) {
                    session.createStatement().execute("insert into facts values (1, 'x')");
                }
            }
            awaitSuspended(autosuspend);
            watch = Stopwatch.start();
            ClusterVerification quick = verified(nodes.cluster().verify());
            Spread seconds = new Spread(List.of(watch.seconds()), "s");
            awaitSuspended(autosuspend);
            String what = "verify() of " + PROJECTS + " projects, of which " + USED + " were used";
            return List.of(
                    Figure.ratio(what, seconds, "verifyThoroughly()", new Spread(List.of(thorough), "s"), VERIFY_BAR),
                    Figure.atMost(what, PROJECTS - quick.unchanged().size(), "visits", VISITS_BAR));
        }
    }

    private static ClusterVerification verified(ClusterVerification verification) {
        if (!verification.failures().isEmpty()) {
            throw new IllegalStateException("Projects were not verified: " + verification.failures());
        }
        return verification;
    }

    /** Measures an application's start with all projects beside one with few of them. */
    private static List<Figure> start(MeasuredCluster nodes, List<String> names) throws Exception {
        List<String> few = names.subList(0, Math.min(FEW, names.size()));
        List<Double> all = new ArrayList<>();
        List<Double> some = new ArrayList<>();
        nodes.startApplication(names);
        for (int round = 0; round < ROUNDS; round++) {
            some.add(seconds(nodes, few));
            all.add(seconds(nodes, names));
        }
        long statements = transactions(nodes, names);
        long statementsForOne = transactions(nodes, names.subList(0, 1));
        return List.of(
                Figure.ratio(
                        PROJECTS + " unchanged projects at start",
                        new Spread(all, "s").in("ms"),
                        few.size() + " of them",
                        new Spread(some, "s").in("ms"),
                        START_BAR),
                new Figure(
                        "statements for them, connecting included",
                        String.valueOf(statements),
                        "one of them " + statementsForOne,
                        OptionalDouble.of((double) statements / statementsForOne),
                        "the same",
                        Optional.of(statements <= statementsForOne)));
    }

    private static double seconds(MeasuredCluster nodes, List<String> names) {
        Stopwatch watch = Stopwatch.start();
        nodes.startApplication(names);
        return watch.seconds();
    }

    private static long transactions(MeasuredCluster nodes, List<String> names) throws Exception {
        long before = Committed.onAll(nodes, "postgres");
        nodes.startApplication(names);
        return Committed.onAll(nodes, "postgres") - before;
    }

    /** Measures servers with suspended projects and servers with plain databases, both in the same minutes. */
    private static Figure processorTime(MeasuredCluster nodes) throws Exception {
        try (EmbeddedCluster plain = EmbeddedCluster.builder()
                .workers(2)
                .authentication(Authentication.TRUST)
                .setting("max_worker_processes", String.valueOf(PROCESSES))
                .start()) {
            for (EmbeddedNode node : plain.nodes()) {
                createDatabases(node, plain.adminUser());
            }
            ServerProcesses ofProjects = ServerProcesses.of(nodes.embedded());
            ServerProcesses ofDatabases = ServerProcesses.of(plain);
            // Autovacuum looks at new databases first.
            TimeUnit.MINUTES.sleep(1);
            List<Double> projects = new ArrayList<>();
            List<Double> databases = new ArrayList<>();
            for (int minute = 0; minute < MINUTES; minute++) {
                double projectsBefore = ofProjects.seconds();
                double databasesBefore = ofDatabases.seconds();
                TimeUnit.MINUTES.sleep(1);
                projects.add(ofProjects.seconds() - projectsBefore);
                databases.add(ofDatabases.seconds() - databasesBefore);
            }
            return Figure.ratio(
                    "processor time of " + PROJECTS + " suspended projects, per minute",
                    new Spread(projects, "s"),
                    PROJECTS + " databases without Citus",
                    new Spread(databases, "s"),
                    PROCESSOR_BAR);
        }
    }

    private static void createDatabases(EmbeddedNode node, String admin) throws SQLException {
        try (Connection session = DriverManager.getConnection(node.jdbcUrl("postgres"), admin, "");
                Statement statement = session.createStatement()) {
            for (int number = 0; number < PROJECTS; number++) {
                statement.execute("create database " + statement.enquoteIdentifier("plain" + number, true));
            }
        }
    }

    /** Measures the first statement of projects through their pools, of a suspended and of an awake one in turn. */
    private static Figure firstStatement(MeasuredCluster nodes, List<String> names)
            throws IOException, SQLException, InterruptedException {
        List<Double> asleep = new ArrayList<>();
        List<Double> awake = new ArrayList<>();
        int samples = Math.min(SAMPLES, names.size() / 2);
        for (int first = 0; first < samples; first += AWAKE / 2) {
            try (Autosuspend autosuspend = suspending(nodes)) {
                awaitSuspended(autosuspend);
            }
            int last = Math.min(samples, first + AWAKE / 2);
            List<Project> resumed = IntStream.range(first, last)
                    .mapToObj(number -> nodes.cluster().getProject(names.get(2 * number)))
                    .toList();
            resumed.forEach(Project::resume);
            // The sessions that have resumed them are closed by then.
            TimeUnit.SECONDS.sleep(3);
            for (int number = first; number < last; number++) {
                awake.add(firstStatement(nodes, names.get(2 * number)));
                asleep.add(firstStatement(nodes, names.get(2 * number + 1)));
            }
        }
        double ratio = percentile(asleep) / percentile(awake);
        return new Figure(
                "first statement of a suspended project through its pool, 95th percentile of " + samples,
                String.format(Locale.ROOT, "%.0f ms", percentile(asleep)),
                String.format(Locale.ROOT, "one that is awake %.0f ms", percentile(awake)),
                OptionalDouble.of(ratio),
                "<= " + FIRST_STATEMENT_BAR,
                Optional.of(ratio <= FIRST_STATEMENT_BAR));
    }

    private static double firstStatement(MeasuredCluster nodes, String name) throws SQLException {
        String user = MeasuredCluster.user(name);
        try (ProjectPools pools = ProjectPools.builder()
                .project(nodes.request(name).create().connection(user))
                .open()) {
            Stopwatch watch = Stopwatch.start();
            try (Connection connection = pools.dataSource(name, user).getConnection();
                    ResultSet row = connection.createStatement().executeQuery("select count(*) from facts")) {
                row.next();
            }
            return watch.seconds() * 1000;
        }
    }

    private static double percentile(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.ceil(PERCENTILE * sorted.size()) - 1);
    }
}
