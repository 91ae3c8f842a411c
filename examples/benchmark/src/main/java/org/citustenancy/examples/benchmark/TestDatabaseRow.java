package org.citustenancy.examples.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.citustenancy.test.Preparation;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.TestDatabases;
import org.citustenancy.test.TestDatabasesBuilder;

/** Databases for tests on three nodes: handed out, and how many a second, beside bare copies. */
final class TestDatabaseRow implements Row {

    private static final String WHAT = "a database for a test, prepared ahead";
    private static final int AHEAD = 8;
    private static final int ROUNDS = 5;
    private static final int SUSTAINED = 10;
    private static final int THREADS = 2;
    private static final int TURNS = 3;

    @Override
    public List<Figure> measure() throws Exception {
        try (MeasuredCluster nodes = MeasuredCluster.start(2)) {
            if (nodes.whyNot().isPresent()) {
                return List.of(Figure.notMeasured(WHAT, nodes.whyNot().get()));
            }
            TestDatabasesBuilder source = TestDatabases.on(nodes.options())
                    .preparedBy(Preparation.sql("create table facts (id bigint primary key);"
                            + "select create_distributed_table('facts', 'id', shard_count => 4)"))
                    .atMost(3 * AHEAD)
                    .making(THREADS, Duration.ZERO);
            List<Figure> figures = new ArrayList<>();
            try (TestDatabases databases = source.ahead(AHEAD).open()) {
                figures.addAll(handedOut(databases));
            }
            figures.add(sustained(nodes, source));
            return figures;
        }
    }

    private static List<Figure> handedOut(TestDatabases databases) throws InterruptedException {
        List<Double> waited = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            while (databases.ready() < AHEAD) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            for (int number = 0; number < AHEAD; number++) {
                Stopwatch watch = Stopwatch.start();
                TestDatabase database = databases.take();
                waited.add(watch.seconds() * 1000);
                database.project();
                database.close();
            }
        }
        Spread spread = new Spread(waited, "ms");
        double late = spread.sorted().get((int) Math.ceil(spread.sorted().size() * 0.99) - 1);
        return List.of(
                new Figure(
                        WHAT,
                        String.format(Locale.ROOT, "%.3f ms", spread.median()),
                        "nothing",
                        OptionalDouble.empty(),
                        "<= 1 ms",
                        Optional.of(spread.median() <= 1)),
                new Figure(
                        "the same, of a hundred the last",
                        String.format(Locale.ROOT, "%.3f ms", late),
                        "nothing",
                        OptionalDouble.empty(),
                        "<= 10 ms",
                        Optional.of(late <= 10)));
    }

    /** In turns, since how quickly files are copied changes with time. */
    private static Figure sustained(MeasuredCluster nodes, TestDatabasesBuilder source) throws Exception {
        nodes.cluster().template(nodes.request("model"), "benchmark", project -> nodes.distributedTable(project));
        List<RawCopies> copies = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        try (TestDatabases databases = source.ahead(0).open()) {
            for (int thread = 0; thread < THREADS; thread++) {
                copies.add(new RawCopies(nodes));
            }
            databases.take().close();
            for (int turn = 0; turn < TURNS; turn++) {
                ours.add(perSecond(number -> takeOne(databases)));
                raw.add(perSecond(number -> copyOne(copies, "raw" + number)));
            }
        } finally {
            for (RawCopies each : copies) {
                each.close();
            }
        }
        Spread made = new Spread(ours, "a second");
        Spread bare = new Spread(raw, "a second");
        double ratio = made.median() / bare.median();
        return new Figure(
                "databases for tests, made and dropped, sustained",
                made.toString(),
                "bare copies, made and dropped at once " + bare,
                OptionalDouble.of(ratio),
                ">= 0.80",
                Optional.of(ratio >= 0.8));
    }

    private static void takeOne(TestDatabases databases) throws InterruptedException {
        try (TestDatabase database = databases.take()) {
            database.project();
        }
    }

    private static void copyOne(List<RawCopies> copies, String name) throws Exception {
        RawCopies mine;
        synchronized (copies) {
            mine = copies.remove(0);
        }
        try {
            mine.create(name, "model");
            mine.drop(name);
        } finally {
            synchronized (copies) {
                copies.add(mine);
            }
        }
    }

    /** Something that is done for a number. */
    private interface Numbered {

        void run(int number) throws Exception;
    }

    private static double perSecond(Numbered work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Stopwatch watch = Stopwatch.start();
            List<Future<?>> begun = new ArrayList<>();
            for (int number = 0; number < SUSTAINED; number++) {
                int mine = number;
                begun.add(threads.submit(() -> {
                    work.run(mine);
                    return true;
                }));
            }
            for (Future<?> each : begun) {
                each.get();
            }
            return SUSTAINED / watch.seconds();
        } finally {
            threads.shutdownNow();
        }
    }
}
