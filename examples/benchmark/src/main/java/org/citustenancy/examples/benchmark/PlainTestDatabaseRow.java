package org.citustenancy.examples.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.citustenancy.ClusterOptions;
import org.citustenancy.test.Preparation;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.TestDatabases;
import org.citustenancy.users.Secret;

/**
 * Compares databases for tests on plain PostgreSQL with those of zonky's prepared provider. Each has a server of its
 * own, of the same programs with the same settings, which is checked, and each creates as many databases ahead as it
 * does by default. The provider drops nothing, so the row compares it with databases that are kept. For orientation,
 * the row also shows the provider with databases that a plain statement drops.
 */
final class PlainTestDatabaseRow implements Row {

    private static final String ZONKY = "zonky's prepared provider";
    private static final long ROOM = 4L << 30;
    private static final int AHEAD = 2;
    private static final int TABLES = 10;
    private static final int HANDED_OUT = 30;
    private static final int ROUNDS = 3;
    private static final int TESTS = 40;

    @Override
    public List<Figure> measure() throws Exception {
        List<Figure> figures = new ArrayList<>();
        try (ZonkyDatabases zonky = new ZonkyDatabases(new ZonkyDatabases.Preparer(script()), inMemory("theirs"));
                EmbeddedPostgres server = start("ours")) {
            requireSameSettings(zonky, server);
            try (TestDatabases ours = open(server)) {
                figures.add(Figure.ratio(
                        "a database for a test on plain PostgreSQL, prepared ahead, to its first answer",
                        firstAnswer(() -> dropped(ours), () -> awaitReady(ours)),
                        ZONKY,
                        firstAnswer(zonky::give, () -> TimeUnit.MILLISECONDS.sleep(300)),
                        1));
            }
            figures.add(Figure.ratio(
                    "the same, test after test, kept",
                    sustained(server, PlainTestDatabaseRow::kept),
                    ZONKY + ", which drops nothing",
                    sustained(zonky::give),
                    1));
            figures.add(Figure.withoutBar(
                    "the same, dropped in the background",
                    sustained(server, PlainTestDatabaseRow::dropped),
                    ZONKY + ", whose databases are dropped in the background",
                    sustained(zonky::giveToBeDropped)));
        }
        return figures;
    }

    private static String script() {
        StringBuilder script = new StringBuilder();
        for (int table = 0; table < TABLES; table++) {
            script.append("create table facts").append(table).append(" (id bigint primary key, value text);");
        }
        return script.toString();
    }

    private static EmbeddedPostgres start(String name) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        inMemory(name).accept(builder);
        return builder.start();
    }

    /** Uses memory if possible, because otherwise the load of a disk affects the measurement. */
    private static Consumer<EmbeddedPostgres.Builder> inMemory(String name) {
        String directory = "citus-tenancy-benchmark-" + name + "-"
                + ProcessHandle.current().pid();
        return builder ->
                MemoryDirectory.with(ROOM).ifPresent(memory -> builder.setDataDirectory(memory.resolve(directory)));
    }

    private static TestDatabases open(EmbeddedPostgres server) {
        return TestDatabases.on(
                        ClusterOptions.of(server.getJdbcUrl("postgres", "postgres"), "postgres", Secret.of("unused"))
                                .requireCitus(false))
                .preparedBy(Preparation.sql(script()))
                .ahead(AHEAD)
                .open();
    }

    private static DatabaseSource.Given dropped(TestDatabases databases) {
        TestDatabase database = databases.take();
        return new DatabaseSource.Given(database.dataSource(), ended -> database.close());
    }

    private static DatabaseSource.Given kept(TestDatabases databases) {
        TestDatabase database = databases.take();
        return new DatabaseSource.Given(database.dataSource(), ended -> {
            database.keep();
            database.close();
        });
    }

    /** Compares all settings except those that distinguish one server from another. */
    private static void requireSameSettings(ZonkyDatabases zonky, EmbeddedPostgres server) throws SQLException {
        try (Connection other = DriverManager.getConnection(server.getJdbcUrl("postgres", "postgres"))) {
            TreeSet<String> differing = new TreeSet<>(settings(zonky.admin()));
            differing.removeAll(settings(other));
            if (!differing.isEmpty()) {
                throw new IllegalStateException("The servers have different settings: " + differing);
            }
        }
    }

    private static List<String> settings(Connection connection) throws SQLException {
        List<String> settings = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select name, setting from pg_settings where name not in"
                                + " ('port', 'data_directory', 'config_file', 'hba_file', 'ident_file', 'external_pid_file')")) {
            while (rows.next()) {
                settings.add(rows.getString(1) + " = " + rows.getString(2));
            }
        }
        return settings;
    }

    /** Work that may fail. */
    private interface Work {

        void run() throws Exception;
    }

    private static void awaitReady(TestDatabases databases) throws InterruptedException {
        while (databases.ready() < AHEAD) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static Spread firstAnswer(DatabaseSource source, Work waiting) throws Exception {
        List<Double> waited = new ArrayList<>();
        for (int number = 0; number < HANDED_OUT; number++) {
            waiting.run();
            Stopwatch watch = Stopwatch.start();
            try (DatabaseSource.Given given = source.give();
                    Connection connection = given.connections().getConnection()) {
                write(connection);
                waited.add(watch.seconds() * 1000);
            }
        }
        return new Spread(waited, "ms");
    }

    private static void write(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into facts0 values (1, 'one')");
        }
    }

    /** A source of the library's test databases. */
    private interface OurSource {

        DatabaseSource.Given give(TestDatabases databases);
    }

    private static Spread sustained(EmbeddedPostgres server, OurSource ours) throws Exception {
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            try (TestDatabases databases = open(server)) {
                awaitReady(databases);
                rounds.add(perTest(() -> ours.give(databases)));
            }
        }
        return new Spread(rounds, "ms a test");
    }

    private static Spread sustained(DatabaseSource theirs) throws Exception {
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            TimeUnit.MILLISECONDS.sleep(300);
            rounds.add(perTest(theirs));
        }
        return new Spread(rounds, "ms a test");
    }

    /** Returns the milliseconds for each of several tests that do very little. */
    private static double perTest(DatabaseSource source) throws Exception {
        Stopwatch watch = Stopwatch.start();
        for (int test = 0; test < TESTS; test++) {
            try (DatabaseSource.Given given = source.give();
                    Connection connection = given.connections().getConnection()) {
                write(connection);
            }
        }
        return watch.seconds() * 1000 / TESTS;
    }
}
