package org.citustenancy.test.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.test.Preparation;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** What the annotation gives to classes like those below, which are run here as JUnit runs them. */
@Isolated
@RequiresCluster
class CitusDatabaseTest {

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger ATTEMPTS = new AtomicInteger();

    @BeforeEach
    void nameTheCluster(TestCluster nodes) {
        SEEN.clear();
        System.setProperty("citustenancy.test.url", nodes.embedded().jdbcUrl("postgres"));
        System.setProperty("citustenancy.test.admin", nodes.embedded().adminUser());
        System.setProperty("citustenancy.test.password", nodes.embedded().adminPassword());
    }

    @AfterEach
    void forgetTheCluster() {
        List.of("url", "admin", "password").forEach(name -> System.clearProperty("citustenancy.test." + name));
    }

    private static Events run(Class<?>... tests) {
        return execute(tests).testEvents();
    }

    private static EngineExecutionResults execute(Class<?>... tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(Stream.of(tests).map(each -> selectClass(each)).toArray(DiscoverySelector[]::new))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .configurationParameter("junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition")
                .execute();
    }

    private static void assertNothingLeft(TestCluster nodes, String name) throws SQLException {
        assertThatNodes(nodes).hasNoDatabaseStartingWith(name + "_");
    }

    @CitusDatabase(preparation = OrdersSchema.class, name = "own")
    @Execution(ExecutionMode.CONCURRENT)
    static final class Own {

        private @Nullable TestDatabase database;
        private @Nullable DataSource source;

        @RepeatedTest(3)
        void test_gets_its_own_database_by_type(
                TestDatabase same, DSLContext sql, Project project, ConnectionInfo connection, DataSource also) {
            assertThat(database).isSameAs(same);
            assertThat(source).isSameAs(also);
            assertThat(connection.database()).isEqualTo(same.name()).isEqualTo(project.name());
            assertThat(sql.fetch("select * from orders")).isEmpty();
            sql.execute("insert into orders select generate_series(1, 10)");
            assertThat(project.tables().shardsPerNode().values()).hasSizeGreaterThan(1);
            SEEN.add(same.name());
        }

        @Nested
        class Within {
            @Test
            void nested_class_gets_fields_of_its_outer_class(TestDatabase its) {
                assertThat(database).isSameAs(its);
                SEEN.add(its.name());
            }
        }
    }

    @Test
    void each_test_gets_its_own_database(TestCluster nodes) throws SQLException {
        run(Own.class).assertStatistics(tests -> tests.succeeded(4).failed(0).aborted(0));
        assertThat(SEEN).hasSize(4);
        assertNothingLeft(nodes, "own");
    }

    @Test
    void documented_example_runs(TestCluster nodes) throws SQLException {
        run(OrdersExample.OrdersTest.class)
                .assertStatistics(tests -> tests.succeeded(2).failed(0).aborted(0));
        assertNothingLeft(nodes, "orders");
    }

    @CitusDatabase(preparation = OrdersSchema.class, name = "shared", scope = CitusDatabase.Scope.CLASS)
    static final class Shared {

        private @Nullable DSLContext sql;

        @RepeatedTest(2)
        void tests_of_the_class_share_a_database(TestDatabase database) {
            Objects.requireNonNull(sql).execute("insert into orders select coalesce(max(id), 0) + 1 from orders");
            SEEN.add(database.name());
        }

        @Nested
        class Within {
            @Test
            void nested_class_shares_the_database(TestDatabase database) {
                SEEN.add(database.name());
            }
        }

        @Nested
        @CitusDatabase(preparation = OrdersSchema.class, name = "shared")
        class Apart {
            @Test
            void annotated_nested_class_gets_its_own_database(TestDatabase database) {
                SEEN.add("apart " + database.name());
            }
        }
    }

    @Test
    void class_scope_shares_one_database() {
        run(Shared.class).assertStatistics(tests -> tests.succeeded(4));
        assertThat(SEEN).hasSize(2).anyMatch(name -> name.startsWith("apart "));
        assertThat(SEEN.stream().map(name -> name.replace("apart ", ""))).doesNotHaveDuplicates();
    }

    @CitusDatabase(name = "kept", keepOnFailure = true, ahead = 0)
    static final class Failing {
        @Test
        void fails(TestDatabase database) {
            SEEN.add(database.name());
            assertThat(database.name()).isEmpty();
        }
    }

    @Test
    void database_of_a_failed_test_is_kept_on_request(TestCluster nodes) throws SQLException {
        Event failed = run(Failing.class).failed().stream().findFirst().orElseThrow();
        String database = SEEN.iterator().next();
        assertThat(message(failed))
                .contains("Expecting empty")
                .contains("postgresql://")
                .contains(database);
        assertThat(nodes.askAll("postgres", "select datname from pg_database where datname like 'kept\\_%'"))
                .containsExactly(database);
        run(Kept.class).assertStatistics(tests -> tests.succeeded(1));
        assertNothingLeft(nodes, "kept");
    }

    @CitusDatabase(name = "kept", ahead = 0)
    static final class Kept {
        @Test
        void next_run_drops_the_kept_database(TestDatabase database) {
            SEEN.add(database.name());
        }
    }

    /** Fails, and counts. */
    public static final class Broken implements Preparation {
        @Override
        public String fingerprint() {
            return "broken";
        }

        @Override
        public void prepare(Project project, DataSource owner) {
            ATTEMPTS.incrementAndGet();
            throw new IllegalStateException("no such migration");
        }
    }

    @CitusDatabase(preparation = Broken.class, name = "broken")
    static final class WithBroken {
        @RepeatedTest(3)
        void gets_no_database(TestDatabase database) {
            SEEN.add(database.name());
        }
    }

    @Test
    void failed_preparation_is_reported_once() {
        ATTEMPTS.set(0);
        Events events = run(WithBroken.class);
        events.assertStatistics(tests -> tests.failed(1).aborted(2));
        assertThat(message(events.failed().stream().findFirst().orElseThrow())).contains("no such migration");
        assertThat(ATTEMPTS).hasValue(1);
    }

    @CitusDatabase(name = "cycle", ahead = 0)
    @TestInstance(Lifecycle.PER_CLASS)
    static final class OneInstance {

        private @Nullable TestDatabase field;
        private @Nullable DataSource source;
        private final Set<String> seen = new HashSet<>();

        @RepeatedTest(2)
        void repetition_gets_its_own_database(TestDatabase parameter) throws SQLException {
            use(parameter);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void row_gets_its_own_database(int number, TestDatabase parameter) throws SQLException {
            assertThat(number).isPositive();
            use(parameter);
        }

        private void use(TestDatabase parameter) throws SQLException {
            assertThat(field).isSameAs(parameter);
            Objects.requireNonNull(source).getConnection().close();
            assertThat(seen.add(parameter.name())).isTrue();
        }
    }

    @Test
    void test_of_a_shared_instance_gets_its_own_database(TestCluster nodes) throws SQLException {
        run(OneInstance.class).assertStatistics(tests -> tests.succeeded(4).failed(0));
        assertNothingLeft(nodes, "cycle");
    }

    /** Ends a test that waits for the end of another. */
    static final class Ending implements AfterEachCallback {

        private static final AtomicReference<CountDownLatch> ENDED = new AtomicReference<>(new CountDownLatch(1));

        @Override
        public void afterEach(ExtensionContext context) {
            ENDED.get().countDown();
        }
    }

    @CitusDatabase(name = "cycle", ahead = 0)
    @TestInstance(Lifecycle.PER_CLASS)
    @Execution(ExecutionMode.CONCURRENT)
    @ExtendWith(Ending.class)
    static final class OneInstanceAtOnce {

        private @Nullable DataSource source;

        @RepeatedTest(2)
        void waits_for_the_other() throws InterruptedException {
            assertThat(source).isNotNull();
            assertThat(Ending.ENDED.get().await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void field_of_a_shared_instance_is_refused_to_concurrent_tests() {
        Ending.ENDED.set(new CountDownLatch(1));
        Events events = run(OneInstanceAtOnce.class);
        events.assertStatistics(tests -> tests.succeeded(1).failed(1));
        assertThat(message(events.failed().stream().findFirst().orElseThrow()))
                .contains("OneInstanceAtOnce.source", "take it as a parameter");
    }

    @CitusDatabase(name = "cycle", ahead = 0)
    static final class Constructed {

        private final TestDatabase database;

        Constructed(TestDatabase database) {
            this.database = database;
        }

        @RepeatedTest(2)
        void constructor_gets_the_database_of_the_test(TestDatabase parameter, DataSource source) throws SQLException {
            assertThat(database).isSameAs(parameter);
            source.getConnection().close();
            SEEN.add(parameter.name());
        }

        @Nested
        class Within {

            private final TestDatabase same;

            Within(TestDatabase same) {
                this.same = same;
            }

            @Test
            void constructors_of_both_classes_get_it(TestDatabase parameter, DataSource source) throws SQLException {
                assertThat(database).isSameAs(same).isSameAs(parameter);
                source.getConnection().close();
                SEEN.add(parameter.name());
            }
        }
    }

    @CitusDatabase(name = "cycle", ahead = 0)
    @TestInstance(Lifecycle.PER_CLASS)
    static final class ConstructedOnce {

        ConstructedOnce(TestDatabase database) {
            SEEN.add(database.name());
        }

        @RepeatedTest(2)
        void does_not_run() {}
    }

    @CitusDatabase(name = "cycle", ahead = 0)
    static final class BeforeAllTests {

        @BeforeAll
        static void fill(DataSource source) throws SQLException {
            source.getConnection().close();
            SEEN.add("filled");
        }

        @RepeatedTest(2)
        void does_not_run() {}
    }

    @CitusDatabase(name = "cycle", ahead = 0, scope = CitusDatabase.Scope.CLASS)
    @TestInstance(Lifecycle.PER_CLASS)
    static final class SharedFromTheStart {

        private final String constructed;
        private @Nullable String before;

        SharedFromTheStart(TestDatabase database) {
            constructed = database.name();
        }

        @BeforeAll
        void fill(TestDatabase database) {
            before = database.name();
        }

        @RepeatedTest(2)
        void test_gets_the_database_of_the_class(TestDatabase database) {
            assertThat(database.name()).isEqualTo(constructed).isEqualTo(before);
        }
    }

    @Test
    void code_that_runs_once_gets_no_database_of_a_single_test() {
        run(Constructed.class).assertStatistics(tests -> tests.succeeded(3).failed(0));
        assertThat(SEEN).hasSize(3);
        SEEN.clear();
        EngineExecutionResults results = execute(ConstructedOnce.class, BeforeAllTests.class, SharedFromTheStart.class);
        results.testEvents().assertStatistics(tests -> tests.succeeded(2).failed(0));
        assertThat(results.allEvents().failed().stream().map(CitusDatabaseTest::message))
                .hasSize(2)
                .anyMatch(message -> message.contains("constructor") && message.contains("ConstructedOnce"))
                .anyMatch(message -> message.contains("fill") && message.contains("BeforeAllTests"))
                .allMatch(message -> message.contains("Scope.CLASS"));
        assertThat(SEEN).isEmpty();
    }

    @CitusDatabase(preparation = OrdersSchema.class, name = "composed", ahead = 0)
    @Retention(RetentionPolicy.RUNTIME)
    @interface OrdersDatabase {}

    @OrdersDatabase
    static class Composed {

        @Test
        void test_of_a_composed_annotation_gets_its_database(DSLContext sql) {
            assertThat(sql.fetch("select * from orders")).isEmpty();
        }

        @Nested
        class Within {
            @Test
            void test_of_a_nested_class_gets_its_database(DSLContext sql) {
                assertThat(sql.fetch("select * from orders")).isEmpty();
            }
        }
    }

    static final class ComposedMethod {

        @Test
        @OrdersDatabase
        void annotated_method_gets_its_database(DSLContext sql) {
            assertThat(sql.fetch("select * from orders")).isEmpty();
        }
    }

    @Test
    void composed_annotation_is_found() {
        run(Composed.class, ComposedMethod.class)
                .assertStatistics(tests -> tests.succeeded(3).failed(0));
    }

    @CitusDatabase(name = "two", ahead = 0)
    static final class Two {
        @Test
        void one(TestDatabase database) {
            SEEN.add(database.name());
        }

        @Nested
        @CitusDatabase(preparation = OrdersSchema.class, name = "two", ahead = 0)
        class Other {
            @Test
            void other(TestDatabase database) {
                SEEN.add(database.name());
            }
        }
    }

    @Test
    void two_preparations_of_one_name_are_refused() {
        Events events = run(Two.class);
        events.assertStatistics(tests -> tests.succeeded(1).failed(1));
        assertThat(message(events.failed().stream().findFirst().orElseThrow()))
                .contains("give one of them another name");
    }

    @Test
    void tests_run_on_the_junit_version_of_the_build() {
        assertThat(Test.class.getPackage().getImplementationVersion())
                .isEqualTo(System.getProperty("citustenancy.test.junit"));
    }

    private static String message(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .map(Throwable::toString)
                .filter(Predicate.not(String::isEmpty))
                .orElseThrow();
    }
}
