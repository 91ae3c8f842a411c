package org.citustenancy.examples.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.citustenancy.test.Preparation;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.TestDatabases;
import org.citustenancy.test.TestDatabasesBuilder;

/** Measures databases for tests on three nodes: taking one, and the number per second, beside bare copies. */
final class TestDatabaseRow implements Row {

    private static final String WHAT = "a database for a test, prepared ahead";
    private static final int AHEAD = 8;
    private static final int ROUNDS = 5;
    private static final int THREADS = 2;

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
            try (TestDatabases databases = source.ahead(0).open();
                    SustainedCopies copies = new SustainedCopies(nodes, databases, THREADS)) {
                figures.addAll(copies.measure());
            }
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
}
