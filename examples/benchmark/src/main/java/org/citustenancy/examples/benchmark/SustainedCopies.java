package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.TestDatabases;

/** Measures databases for tests that are created on request and dropped continuously, beside bare copies. */
final class SustainedCopies implements AutoCloseable {

    private static final String TEMPLATE = "model";

    /** The sustained rate is measured after this. */
    private static final Warming WARMING = new Warming(400, 25);

    private static final int TIMES = 40;
    private static final int ROUNDS = 3;
    private static final double BAR = 0.8;

    private final TestDatabases databases;
    private final BlockingQueue<RawCopies> copies;
    private final List<Connection> sessions = new ArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** Prepares the measurement with a number of threads. */
    SustainedCopies(MeasuredCluster nodes, TestDatabases databases, int threads) throws SQLException {
        nodes.cluster().template(nodes.request(TEMPLATE), "benchmark", nodes::distributedTable);
        this.databases = databases;
        this.copies = new ArrayBlockingQueue<>(threads);
        for (int thread = 0; thread < threads; thread++) {
            copies.add(new RawCopies(nodes));
        }
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            sessions.add(nodes.open(node, "postgres"));
        }
    }

    List<Figure> measure() throws Exception {
        int left = databases();
        Turns turns = new Turns(TIMES, copies.size(), () -> awaitOnly(left));
        WARMING.up(TIMES, () -> turns.measure(1, List.of(this::takeOne, () -> copyOne(""))));
        List<Rates> rates =
                turns.measure(ROUNDS, List.of(this::takeOne, () -> copyOne(""), () -> copyOne("strategy = file_copy")));
        double ratio = rates.get(0).overall() / rates.get(1).overall();
        return List.of(
                new Figure(
                        "databases for tests, made and dropped, sustained",
                        rates.get(0).toString(),
                        "bare copies, made and dropped at once " + rates.get(1),
                        OptionalDouble.of(ratio),
                        ">= 0.80",
                        Optional.of(ratio >= BAR)),
                new Figure(
                        "the same",
                        rates.get(0).toString(),
                        "bare copies by files, as ours are where fsync is off " + rates.get(2),
                        OptionalDouble.of(rates.get(0).overall() / rates.get(2).overall()),
                        "",
                        Optional.empty()));
    }

    private void takeOne() {
        try (TestDatabase database = databases.take()) {
            database.project();
        }
    }

    private void copyOne(String options) throws Exception {
        String name = "raw" + numbers.incrementAndGet();
        RawCopies mine = copies.take();
        try {
            mine.create(name, TEMPLATE, options);
            mine.drop(name);
        } finally {
            copies.add(mine);
        }
    }

    /** The library drops databases for tests in the background. */
    private void awaitOnly(int left) throws Exception {
        while (databases() > left) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    private int databases() throws SQLException {
        int sum = 0;
        for (Connection session : sessions) {
            try (Statement statement = session.createStatement();
                    ResultSet rows = statement.executeQuery("select count(*) from pg_database")) {
                rows.next();
                sum += rows.getInt(1);
            }
        }
        return sum;
    }

    @Override
    public void close() throws SQLException {
        for (RawCopies each : copies) {
            each.close();
        }
        for (Connection session : sessions) {
            session.close();
        }
    }
}
