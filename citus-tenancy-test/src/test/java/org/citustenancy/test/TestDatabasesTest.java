package org.citustenancy.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.ClusterOptions;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.test.jooq.JooqContext;
import org.citustenancy.testing.ChildJvm;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.jooq.QueryPart;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases for tests, on three real nodes. */
@RequiresCluster
class TestDatabasesTest {

    /** How many tests there are in the test of many; 1000 shows what is promised, and takes its time. */
    private static final int MANY = Integer.getInteger("citustenancy.test.databases", 24);

    private static final int THREADS = 4;

    static final String SCHEMA = """
            create table country (id int primary key, name text);
            select create_reference_table('country');
            create table orders (customer bigint, id bigserial, country int references country, primary key (customer, id));
            select create_distributed_table('orders', 'customer', shard_count => 4);
            create schema tenant;
            create table tenant.note (id bigserial primary key, body text);
            select citus_schema_distribute('tenant');
            insert into country values (1, 'one');
            """;

    static Preparation schema() {
        return Preparation.sql(SCHEMA);
    }

    private static TestDatabasesBuilder source(TestCluster nodes, String name) {
        return TestDatabases.on(nodes.options()).named(name).preparedBy(schema());
    }

    /** Databases and roles whose names begin so, on any node. */
    static List<String> left(TestCluster nodes, String name) throws SQLException {
        return nodes.askAll(
                "postgres",
                TestCluster.bind(
                        "select datname from pg_database where starts_with(datname, ?) union all "
                                + "select rolname from pg_roles where starts_with(rolname, ?) order by 1",
                        name + "_",
                        name + "_"));
    }

    /** No database, no role, and no files of a database that is gone. For when no test makes or drops any. */
    private static void assertNothingLeft(TestCluster nodes, String name) throws SQLException {
        assertThat(left(nodes, name)).isEmpty();
        assertThat(nodes.askAll(
                        "postgres",
                        "select directory from pg_ls_dir('base') directory where directory ~ '^[0-9]+$'"
                                + " and directory::oid not in (select oid from pg_database)"))
                .isEmpty();
    }

    /** Writes to every kind of table, and sees what it wrote and nothing else. */
    private static void use(TestDatabase database, int number) {
        JooqContext.of(database).execute("insert into country values (2, 'two')");
        JooqContext.of(database)
                .execute(
                        "insert into orders (customer, country) select i, 2 from generate_series(1, {0}) i",
                        inline(number));
        JooqContext.of(database).execute("insert into tenant.note (body) values ({0})", inline("number " + number));
        assertThat(JooqContext.of(database)
                        .fetchSingle("select count(*) from country")
                        .get(0))
                .isEqualTo(2L);
        assertThat(JooqContext.of(database)
                        .fetchSingle("select count(*), max(id) from orders")
                        .intoList())
                .containsExactly((long) number, (long) number);
        assertThat(JooqContext.of(database)
                        .fetch("select id, body from tenant.note")
                        .getValues("body", String.class))
                .containsExactly("number " + number);
    }

    private static QueryPart inline(Object value) {
        return DSL.inline(value);
    }

    @Test
    void concurrent_tests_see_only_their_own_rows_and_leave_nothing(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("many");
        try (TestDatabases databases = source(nodes, name).ahead(3).atMost(12).open()) {
            assertThatThrownBy(() -> nodes.ask(databases.template(), "select 1"))
                    .hasMessageContaining("not currently accepting connections");
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            try {
                List<Future<?>> tests = new ArrayList<>();
                for (int test = 1; test <= MANY; test++) {
                    int number = test;
                    tests.add(threads.submit(() -> {
                        try (TestDatabase database = databases.take()) {
                            use(database, number);
                        }
                    }));
                }
                for (Future<?> test : tests) {
                    test.get(30, TimeUnit.MINUTES);
                }
            } finally {
                threads.shutdownNow();
            }
        }
        assertNothingLeft(nodes, name);
    }

    @Test
    void all_databases_share_the_configured_number_of_connections(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("bounded");
        try (TestDatabases databases =
                        source(nodes, name).ahead(0).atMost(4).connections(3).open();
                TestDatabase first = databases.take();
                TestDatabase second = databases.take()) {
            String ours = TestCluster.bind(
                    "select count(*) from pg_stat_activity where starts_with(datname, ?) and usename = ?",
                    name + "_",
                    first.connection().user());
            List<Connection> lent = new ArrayList<>();
            for (int number = 0; number < 3; number++) {
                lent.add(first.dataSource().getConnection());
            }
            assertThatThrownBy(() -> second.dataSource().getConnection())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("3");
            assertThat(nodes.ask("postgres", ours)).containsExactly("3");

            // One that is idle makes room for another database.
            lent.remove(0).close();
            try (Connection other = second.dataSource().getConnection()) {
                assertThat(other.isValid(1)).isTrue();
                assertThat(nodes.ask("postgres", ours)).containsExactly("3");
            }
            for (Connection each : lent) {
                each.close();
            }
        }
    }

    @Test
    void unused_database_is_reused_and_kept_database_stays(TestCluster nodes) throws SQLException {
        String name = TestCluster.unique("again");
        String kept;
        try (TestDatabases databases =
                source(nodes, name).ahead(0).keepingTemplate().open()) {
            TestDatabase first = databases.take();
            first.close();
            TestDatabase second = databases.take();
            assertThat(second.name()).isEqualTo(first.name());
            assertThat(JooqContext.of(second).fetch("select * from country")).hasSize(1);
            second.untouched();
            second.close();
            TestDatabase third = databases.take();
            assertThat(third.name()).isEqualTo(first.name());
            assertThat(third.keep()).startsWith("postgresql://").contains(third.name());
            kept = third.name();
            third.close();
        }
        assertThat(left(nodes, name)).contains(kept).hasSize(3);
        AtomicInteger prepared = new AtomicInteger();
        try (TestDatabases next = TestDatabases.on(nodes.options())
                .named(name)
                .preparedBy(Preparation.of(schema().fingerprint(), (project, owner) -> prepared.incrementAndGet()))
                .ahead(0)
                .open()) {
            assertThat(prepared).hasValue(0);
            assertThat(left(nodes, name)).doesNotContain(kept).contains(next.template());
        }
        assertNothingLeft(nodes, name);
    }

    @Test
    void documented_example_runs(TestCluster nodes) throws SQLException {
        String name = TestCluster.unique("shown");
        ClusterOptions cluster = nodes.options();
        Preparation schema = schema();
        // begin tests-source
        try (TestDatabases databases =
                        TestDatabases.on(cluster).named(name).preparedBy(schema).open();
                TestDatabase database = databases.take()) {
            JooqContext.of(database).execute("insert into orders (customer, country) values (7, 1)");
            database.dataSource().getConnection().close();
            assertThat(database.connection().uri()).contains(database.name());
        }
        // end tests-source
        assertNothingLeft(nodes, name);
    }

    @Test
    void next_process_drops_databases_of_a_killed_process(TestCluster nodes) throws Exception {
        String name = TestCluster.unique("killed");
        try (ChildJvm child = ChildJvm.start(ChildTester.class, nodes.options().jdbcUrl(), name)) {
            child.tell(nodes.embedded().adminPassword());
            assertThat(child.hear()).isEqualTo(ChildTester.READY);
            assertThat(left(nodes, name)).hasSizeGreaterThanOrEqualTo(3);
            try (TestDatabases living = source(nodes, name).ahead(0).open()) {
                assertThat(living.template()).startsWith(name);
                assertThat(left(nodes, name)).as("of one that lives").hasSizeGreaterThanOrEqualTo(3);
            }
            child.kill();
        }
        try (TestDatabases next = TestDatabases.on(nodes.options())
                .named(name)
                .preparedBy(Preparation.sql(SCHEMA + "create table more (id int)"))
                .ahead(0)
                .open()) {
            assertThat(left(nodes, name)).containsExactly(next.template(), next.template() + "_owner");
        }
        assertNothingLeft(nodes, name);
    }

    @Test
    void failed_preparation_is_reported_and_leaves_nothing(TestCluster nodes, @TempDir Path directory)
            throws Exception {
        String name = TestCluster.unique("broken");
        Path good = Files.writeString(directory.resolve("1.sql"), "create table fine (id int)");
        Path bad = Files.writeString(directory.resolve("2.sql"), "create table fine (id int); select 1");
        TestDatabasesBuilder source = TestDatabases.on(nodes.options()).named(name);

        assertThatThrownBy(
                        () -> source.preparedBy(Preparation.sqlFiles(good, bad)).open())
                .isInstanceOf(PreparationException.class)
                .hasMessageContaining("2.sql")
                .hasMessageContaining("already exists");
        assertNothingLeft(nodes, name);
        assertThatThrownBy(() -> Preparation.sqlFiles(directory.resolve("none.sql")))
                .isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(
                        () -> TestDatabases.on(nodes.options()).named("No Name").open())
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("No Name");
        assertThatThrownBy(() -> source.ahead(-1)).isInstanceOf(InvalidRequestException.class);

        try (TestDatabases databases = source.preparedBy(
                        Preparation.sqlFiles(good).then(Preparation.of("more", (project, owner) -> project.tables()
                                .distribute("fine", "id"))))
                .ahead(0)
                .atMost(1)
                .acquisitionTimeout(Duration.ofMillis(300))
                .open()) {
            try (TestDatabase only = databases.take()) {
                assertThat(JooqContext.of(only).fetch("select * from citus_shards where table_name = 'fine'::regclass"))
                        .isNotEmpty();
                assertThatThrownBy(databases::take)
                        .isInstanceOf(DeadlineExceededException.class)
                        .hasMessageContaining("at most 1");
            }
        }
        assertNothingLeft(nodes, name);
    }
}
