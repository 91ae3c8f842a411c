package org.citustenancy.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.citustenancy.Project;

/**
 * Measures the backup and the restoration of a project, and the same by {@code pg_dump} and {@code pg_restore} with two
 * jobs each, followed by the distribution of the tables. The system property {@code citustenancy.benchmark.megabytes}
 * sets the size of the project.
 */
final class BackupRow implements Row {

    private static final int MEGABYTES = Integer.getInteger("citustenancy.benchmark.megabytes", 200);
    private static final int ROUNDS = Integer.getInteger("citustenancy.benchmark.rounds", 2);
    private static final int ROWS_PER_MEGABYTE = 3200;
    private static final String SOURCE = "large";

    private static final List<String> DISTRIBUTION = List.of(
            "select create_reference_table('product')",
            "select create_distributed_table('customer', 'id')",
            "select create_distributed_table('purchase', 'customer_id', colocate_with => 'customer')");

    @Override
    public List<Figure> measure() throws Exception {
        String size = String.format(
                Locale.ROOT,
                "%d MB, distributed, in %d MB of heap",
                MEGABYTES,
                Runtime.getRuntime().maxMemory() >> 20);
        try (MeasuredCluster nodes = MeasuredCluster.start(2)) {
            if (nodes.whyNot().isPresent()) {
                return List.of(
                        Figure.notMeasured("backup of " + size, nodes.whyNot().get()));
            }
            if (PostgresPrograms.find("pg_dump").isEmpty()) {
                return List.of(Figure.notMeasured("backup of " + size, "there is no pg_dump"));
            }
            Path home = Files.createTempDirectory("citus-tenancy-benchmark");
            try {
                return measure(nodes, home, size);
            } finally {
                remove(home);
            }
        }
    }

    private static List<Figure> measure(MeasuredCluster nodes, Path home, String size) throws Exception {
        Project project = nodes.request(SOURCE).create();
        fill(nodes);
        PostgresPrograms programs = new PostgresPrograms(nodes.embedded());
        List<Double> backups = new ArrayList<>();
        List<Double> dumps = new ArrayList<>();
        List<Double> restores = new ArrayList<>();
        List<Double> byHand = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Path backup = home.resolve("backup" + round);
            Path dump = home.resolve("dump" + round);
            Stopwatch watch = Stopwatch.start();
            project.backup(backup);
            backups.add(watch.seconds());
            watch = Stopwatch.start();
            programs.run(SOURCE, "pg_dump", "-Fd", "-j", "2", "-f", dump.toString());
            dumps.add(watch.seconds());

            watch = Stopwatch.start();
            Project ours =
                    nodes.cluster().backups().restore(backup).as("ours" + round).create();
            restores.add(watch.seconds());
            watch = Stopwatch.start();
            Project theirs = nodes.request("theirs" + round).create();
            restoreByHand(nodes, programs, theirs.name(), dump);
            byHand.add(watch.seconds());
            refuseDifferences(nodes, ours.name(), theirs.name());
            ours.drop();
            theirs.drop();
            remove(backup);
            remove(dump);
        }
        return List.of(
                Figure.ratio(
                        "backup of " + size,
                        new Spread(backups, "s"),
                        "pg_dump -Fd -j 2, which is torn and not distributed",
                        new Spread(dumps, "s"),
                        1.1),
                Figure.ratio(
                        "restore of " + size,
                        new Spread(restores, "s"),
                        "pg_restore -j 2, then create_distributed_table",
                        new Spread(byHand, "s"),
                        0.8));
    }

    private static void fill(MeasuredCluster nodes) throws SQLException {
        int rows = MEGABYTES * ROWS_PER_MEGABYTE;
        run(
                nodes,
                SOURCE,
                "create table product (id int primary key, name text not null)",
                "create table customer (id bigint primary key, name text not null, mail text, born date, notes text)",
                "create table purchase (customer_id bigint, id bigint, product_id int, bought timestamptz, price numeric, "
                        + "details jsonb, primary key (customer_id, id))",
                "create index on customer (mail)",
                "create index on purchase (bought)");
        run(nodes, SOURCE, DISTRIBUTION.toArray(String[]::new));
        run(
                nodes,
                SOURCE,
                "insert into product select i, 'product ' || i from generate_series(1, 1000) i",
                "insert into customer select i, 'customer ' || i, i || '@example.org', date '1950-01-01' + i % 20000, "
                        + "repeat(md5(i::text), 6) from generate_series(1, " + rows + ") i",
                "insert into purchase select 1 + i % " + rows + ", i, 1 + i % 1000, "
                        + "timestamptz '2026-01-01' + i * interval '1 second', i % 10000 / 100.0, "
                        + "jsonb_build_object('number', i, 'paid', i % 3 = 0) from generate_series(1, " + rows / 2
                        + ") i");
    }

    /** A distributed project already has the extension. */
    private static void restoreByHand(MeasuredCluster nodes, PostgresPrograms programs, String project, Path dump)
            throws IOException, InterruptedException, SQLException {
        programs.run(project, "pg_restore", "-j", "2", "--no-privileges", "-d", project, dump.toString());
        run(nodes, project, DISTRIBUTION.toArray(String[]::new));
    }

    private static void run(MeasuredCluster nodes, String database, String... statements) throws SQLException {
        try (Connection connection = nodes.open(nodes.embedded().coordinator(), database);
                Statement statement = connection.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private static void refuseDifferences(MeasuredCluster nodes, String ours, String theirs) throws SQLException {
        String one = contents(nodes, ours);
        String other = contents(nodes, theirs);
        if (!one.equals(other) || !one.equals(contents(nodes, SOURCE))) {
            throw new IllegalStateException(one + " and " + other + " are not the same");
        }
    }

    /** Returns the rows and their derived objects: the same amount of work for both. */
    private static String contents(MeasuredCluster nodes, String database) throws SQLException {
        try (Connection connection = nodes.open(nodes.embedded().coordinator(), database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select (select count(*) from customer), "
                        + "(select sum(price) from purchase), "
                        + "(select string_agg(concat(table_name, citus_table_type, distribution_column, shard_count), ' ' "
                        + "order by table_name::text) from citus_tables), "
                        + "(select string_agg(indexdef, ' ' order by indexname) from pg_indexes "
                        + "where tablename in ('product', 'customer', 'purchase'))")) {
            row.next();
            return row.getString(1) + "|" + row.getString(2) + "|" + row.getString(3) + "|" + row.getString(4);
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
