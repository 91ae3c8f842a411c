package org.citustenancy.test.contexts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.spring.OfProject;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.junit.CitusDatabase;
import org.citustenancy.test.junit.CitusDatabase.Scope;
import org.citustenancy.test.junit.OrdersSchema;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.data.jpa.test.autoconfigure.DataJpaTest;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase;
import org.springframework.boot.jdbc.test.autoconfigure.JdbcTest;
import org.springframework.boot.jooq.test.autoconfigure.JooqTest;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.MethodMode;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestConstructor;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.jdbc.Sql;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;
import org.springframework.transaction.annotation.Transactional;

/** Spring tests that share a context, whose database is exchanged, as JUnit runs them. */
@Isolated
@RequiresCluster
class SharedContextTest {

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
    private static final Set<String> HAPPENED = ConcurrentHashMap.newKeySet();
    private static final Set<ApplicationContext> CONTEXTS = ConcurrentHashMap.newKeySet();
    private static final AtomicInteger AT_ONCE = new AtomicInteger();
    private static final AtomicInteger MOST_AT_ONCE = new AtomicInteger();

    @BeforeEach
    void nameTheCluster(TestCluster nodes) {
        SEEN.clear();
        CONTEXTS.clear();
        HAPPENED.clear();
        MOST_AT_ONCE.set(0);
        System.setProperty("citustenancy.test.url", nodes.embedded().jdbcUrl("postgres"));
        System.setProperty("citustenancy.test.admin", nodes.embedded().adminUser());
        System.setProperty("citustenancy.test.password", nodes.embedded().adminPassword());
    }

    @AfterEach
    void forgetTheCluster(TestCluster nodes) throws SQLException {
        List.of("url", "admin", "password").forEach(name -> System.clearProperty("citustenancy.test." + name));
        assertThatNodes(nodes).hasNoDatabaseStartingWith("context_");
    }

    private static EngineExecutionResults run(Class<?>... tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(Stream.of(tests).map(each -> selectClass(each)).toArray(DiscoverySelector[]::new))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .configurationParameter("junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition")
                .execute();
    }

    private static void assertSucceeded(EngineExecutionResults results, int number) {
        assertThat(failures(results)).isEmpty();
        results.testEvents().assertStatistics(tests -> tests.succeeded(number));
    }

    /** Returns the messages of all failures, and of their causes. */
    private static List<String> failures(EngineExecutionResults results) {
        return results.allEvents().failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow())
                .map(SharedContextTest::messages)
                .toList();
    }

    private static String messages(Throwable failure) {
        StringBuilder all = new StringBuilder();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            all.append(each).append('\n');
        }
        return all.toString();
    }

    /** Adds a row to those that a test's database has. */
    private static void write(JdbcClient application, int expected) {
        MOST_AT_ONCE.accumulateAndGet(AT_ONCE.incrementAndGet(), Math::max);
        application.sql("insert into orders select count(*) from orders").update();
        assertThat(count(application)).isEqualTo(expected);
        AT_ONCE.decrementAndGet();
    }

    private static int count(JdbcClient application) {
        return application
                .sql("select count(*) from orders")
                .query(Integer.class)
                .single();
    }

    private static String database(JdbcClient application) {
        return application.sql("select current_database()").query(String.class).single();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    /** Every kind of test, and of code around it, in a context that other classes share. */
    abstract static class EveryKind {

        @Autowired
        private JdbcClient application;

        @Autowired
        private DataSource source;

        private @Nullable TestDatabase database;

        @BeforeEach
        void write_a_row(@Autowired ApplicationContext context) {
            CONTEXTS.add(context);
            application.sql("insert into orders values (0)").update();
        }

        private void check(TestDatabase same) {
            assertThat(database).isSameAs(same);
            assertThat(database(application)).isEqualTo(same.name());
            write(application, 2);
            assertThat(SEEN.add(same.name())).isTrue();
        }

        @RepeatedTest(2)
        void repetition(TestDatabase same) {
            check(same);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2})
        void row(int number, TestDatabase same) {
            assertThat(number).isPositive();
            check(same);
        }

        @Test
        void both_extensions_inject(
                @Autowired DataSource ofContext, DataSource ofTest, @Qualifier("dataSource") DataSource named)
                throws SQLException {
            assertThat(ofContext).isSameAs(source).isSameAs(named).isNotSameAs(ofTest);
            try (Connection one = ofContext.getConnection();
                    Connection other = ofTest.getConnection()) {
                assertThat(one.getCatalog()).isEqualTo(other.getCatalog());
            }
        }

        @Test
        @Transactional
        void transaction(DSLContext outside, TestDatabase same) {
            assertThat(outside.fetch("select * from orders"))
                    .as("not committed")
                    .isEmpty();
            assertThat(database(application)).isEqualTo(same.name());
            assertThat(count(application)).isEqualTo(1);
            assertThat(SEEN.add(same.name())).isTrue();
        }

        @Test
        @Sql(statements = "insert into orders values (100)")
        void script(TestDatabase same) {
            assertThat(count(application)).isEqualTo(2);
            assertThat(SEEN.add(same.name())).isTrue();
        }
    }

    @SpringBootTest(classes = Application.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class SpringFirst extends EveryKind {

        @Nested
        class Within {
            @Test
            void nested_class(@Autowired JdbcClient application, TestDatabase same) {
                assertThat(database(application)).isEqualTo(same.name());
                write(application, 2);
                SEEN.add(same.name());
            }
        }
    }

    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    @SpringBootTest(classes = Application.class)
    static class CitusFirst extends EveryKind {}

    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    @SpringBootTest(classes = Application.class)
    @TestInstance(Lifecycle.PER_CLASS)
    static class OneInstance extends EveryKind {}

    @SpringBootTest(classes = Application.class, properties = "dirty=true")
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    static class Dirtying {

        private final JdbcClient application;

        @Autowired
        Dirtying(JdbcClient application, DataSource source) throws SQLException {
            this.application = application;
            source.getConnection().close();
        }

        @Test
        @Order(1)
        @DirtiesContext
        void after(@Autowired ApplicationContext context) {
            CONTEXTS.add(context);
            write(application, 1);
        }

        @Test
        @Order(2)
        @DirtiesContext(methodMode = MethodMode.BEFORE_METHOD)
        void before(@Autowired ApplicationContext context, @Autowired JdbcClient again) {
            CONTEXTS.add(context);
            write(again, 1);
        }
    }

    @CitusDatabase(preparation = OrdersSchema.class, name = "context", scope = Scope.CLASS)
    @SpringBootTest(classes = Application.class)
    @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
    abstract static class Sharing {

        @BeforeAll
        static void write_before(@Autowired JdbcClient application, TestDatabase database) {
            write(application, 1);
            SEEN.add(database.name());
        }

        @Test
        @Order(1)
        @Transactional
        void rolled_back(@Autowired JdbcClient application) {
            write(application, 2);
        }

        @Test
        @Order(2)
        void sees_what_the_class_wrote(@Autowired ApplicationContext context, @Autowired JdbcClient application) {
            CONTEXTS.add(context);
            write(application, 2);
        }
    }

    static class OneClass extends Sharing {}

    @TestInstance(Lifecycle.PER_CLASS)
    static class OtherClass extends Sharing {

        OtherClass(TestDatabase database) {
            SEEN.add(database.name());
        }
    }

    @JdbcTest
    @ContextConfiguration(classes = Application.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class Jdbc {
        @RepeatedTest(2)
        void slice(@Autowired JdbcClient application, TestDatabase database) {
            write(application, 1);
            assertThat(SEEN.add(database.name())).isTrue();
            assertThat(database(application)).isEqualTo(database.name());
        }
    }

    @JooqTest
    @AutoConfigureTestDatabase(replace = AutoConfigureTestDatabase.Replace.ANY)
    @ContextConfiguration(classes = Application.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class Jooq {
        @RepeatedTest(2)
        void slice(@Autowired DSLContext application, TestDatabase database) {
            application.execute("insert into orders values (1)");
            assertThat(SEEN.add(database.name())).isTrue();
            assertThat(application.fetchValue("select current_database()")).hasToString(database.name());
        }
    }

    /** A row. */
    @Entity
    @Table(name = "orders")
    static class OrderRow {
        @Id
        private long id = 7;
    }

    /** Not that of the test, so that the entity is found. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class JpaApplication {}

    @DataJpaTest
    @ContextConfiguration(classes = JpaApplication.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class Jpa {
        @RepeatedTest(2)
        void slice(@Autowired EntityManager application, DSLContext outside, TestDatabase database) {
            application.persist(new OrderRow());
            application.flush();
            assertThat(application
                            .createNativeQuery("select current_database()")
                            .getSingleResult())
                    .isEqualTo(database.name());
            assertThat(outside.fetch("select * from orders"))
                    .as("not committed")
                    .isEmpty();
            assertThat(SEEN.add(database.name())).isTrue();
        }
    }

    /** An application without Spring Boot. */
    @Configuration(proxyBeanMethods = false)
    static class Plain {
        @Bean
        JdbcClient application(DataSource source) {
            return JdbcClient.create(source);
        }
    }

    /** Two data sources of the application's own. */
    @Configuration(proxyBeanMethods = false)
    static class OwnSources extends Plain {
        @Bean
        DataSource ours() {
            throw new IllegalStateException("this one is replaced");
        }

        @Bean(defaultCandidate = false)
        DataSource elsewhere() {
            return new HikariDataSource();
        }
    }

    @SpringJUnitConfig(Plain.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class WithoutBoot {
        @RepeatedTest(2)
        void one_is_added(@Autowired JdbcClient application) {
            write(application, 1);
        }
    }

    @SpringJUnitConfig(OwnSources.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class WithOwnSources {
        @RepeatedTest(2)
        void one_is_replaced(@Autowired JdbcClient application, @Qualifier("elsewhere") DataSource other) {
            write(application, 1);
            assertThat(other).isInstanceOf(HikariDataSource.class);
        }
    }

    /** Keeps connections. */
    @Configuration(proxyBeanMethods = false)
    static class Keeping extends Plain {

        @Bean
        List<Connection> kept() {
            return new ArrayList<>();
        }
    }

    @SpringJUnitConfig(Keeping.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class HoldingConnections {
        @RepeatedTest(2)
        void connection_of_the_last_test_is_closed(
                @Autowired DataSource source, @Autowired @Qualifier("kept") List<Connection> kept) throws SQLException {
            for (Connection last : kept) {
                assertThat(last.isValid(1)).isFalse();
                assertThatThrownBy(() -> last.createStatement().execute("select 1"))
                        .isInstanceOf(SQLException.class);
                HAPPENED.add("closed");
            }
            Connection held = source.getConnection();
            held.createStatement().execute("select 1");
            kept.add(held);
        }
    }

    @SpringJUnitConfig(Plain.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class BeforeTests {
        @BeforeAll
        static void before(@Autowired DataSource source) throws SQLException {
            source.getConnection().close();
        }

        @Test
        void does_not_run() {
            HAPPENED.add("ran");
        }
    }

    @SpringJUnitConfig(Plain.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    @TestInstance(Lifecycle.PER_CLASS)
    static class AfterTests {
        @Autowired
        private JdbcClient application;

        @Test
        void sees_its_database() {
            write(application, 1);
        }

        @AfterAll
        void after() {
            write(application, 1);
        }
    }

    /** Writes when it starts. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Seeding {
        @Bean
        ApplicationRunner seed(JdbcClient application) {
            return arguments ->
                    application.sql("insert into orders values (1000)").update();
        }
    }

    @SpringBootTest(classes = Seeding.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class SeededTests {
        @RepeatedTest(2)
        void does_not_run() {
            HAPPENED.add("ran");
        }
    }

    @SpringBootTest(classes = Seeding.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context", scope = Scope.CLASS)
    abstract static class Seeded {
        @Test
        void sees_the_row_that_the_start_wrote(
                @Autowired ApplicationContext context, @Autowired JdbcClient application, ConnectionInfo connection) {
            CONTEXTS.add(context);
            write(application, 2);
            assertThat(database(application)).isEqualTo(connection.database());
        }
    }

    static class SeededOnce extends Seeded {}

    static class SeededAgain extends Seeded {}

    @SpringBootTest(classes = Application.class)
    @TestPropertySource("classpath:/starter.properties")
    @CitusDatabase(preparation = OrdersSchema.class, name = "context", scope = Scope.CLASS)
    abstract static class WithStarter {
        @Test
        void copy_is_the_project(
                @Autowired @OfProject("app") JdbcClient app,
                @Autowired JdbcClient unnamed,
                TestDatabase database,
                @Autowired ApplicationContext context) {
            write(app, 1);
            assertThat(database(app)).isEqualTo(database(unnamed)).isEqualTo(database.name());
            SEEN.add(database.name());
            CONTEXTS.add(context);
        }
    }

    static class StarterOnce extends WithStarter {}

    static class StarterAgain extends WithStarter {}

    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class StarterForEachTest extends WithStarter {}

    @SpringBootTest(classes = Application.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    @TestPropertySource(properties = "named=${citustenancy.test.database.name}")
    static class NamedForEachTest {
        @Test
        void does_not_run(@Value("${named}") String named) {
            HAPPENED.add(named);
        }
    }

    /** Loads the context before any other extension. */
    static final class Early implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            ApplicationContext loaded = SpringExtension.getApplicationContext(context);
            try {
                loaded.getBean(DataSource.class).getConnection().close();
                HAPPENED.add("connected");
            } catch (SQLException | InvalidRequestException failure) {
                HAPPENED.add(String.valueOf(failure.getMessage()));
            }
        }
    }

    @ExtendWith(Early.class)
    @SpringBootTest(classes = Application.class, properties = "loaded=early")
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class ConnectedEarly {
        @Test
        void does_not_run() {
            HAPPENED.add("ran");
        }
    }

    @ExtendWith(Early.class)
    @SpringJUnitConfig(Plain.class)
    @TestPropertySource(properties = "loaded=early")
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class LoadedEarly {
        @Test
        void uses_its_database(@Autowired JdbcClient application) {
            write(application, 1);
        }
    }

    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    @ExtendWith(Early.class)
    @SpringBootTest(classes = Application.class, properties = "loaded=later")
    static class LoadedLater {
        @Test
        void uses_its_database(@Autowired JdbcClient application) {
            write(application, 1);
        }
    }

    @TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
    @SpringBootTest(classes = Application.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class Constructed {

        private final DataSource source;

        Constructed(DataSource source, JdbcClient application) {
            this.source = source;
            assertThat(application).isNotNull();
        }

        @Test
        void constructor_belongs_to_spring(@Autowired DataSource same) {
            assertThat(source).isSameAs(same);
        }
    }

    /** Tests for which JUnit knows no lock, because no annotation shows that they are Spring's. */
    @ContextConfiguration(classes = Plain.class)
    @TestPropertySource(properties = "context=unlocked")
    @CitusDatabase(preparation = OrdersSchema.class, name = "context")
    static class Unlocked {

        private static final CountDownLatch ARRIVED = new CountDownLatch(2);

        @RegisterExtension
        static final TestInstancePreConstructCallback ARRIVING = (instance, context) -> ARRIVED.countDown();

        @RegisterExtension
        static final SpringExtension SPRING = new SpringExtension();

        @BeforeEach
        void write_a_row(@Autowired JdbcClient application) {
            write(application, 1);
        }

        @RepeatedTest(2)
        void uses_the_context_while_the_other_arrives() throws InterruptedException {
            assertThat(ARRIVED.await(60, TimeUnit.SECONDS)).isTrue();
            // JUnit calls nothing after the refusal of the other one, which it reports when this test has ended.
            TimeUnit.SECONDS.sleep(5);
        }
    }

    @Test
    void each_test_has_its_own_database_in_the_context_of_others() {
        assertSucceeded(
                run(
                        SpringFirst.class,
                        CitusFirst.class,
                        OneInstance.class,
                        Dirtying.class,
                        Jdbc.class,
                        Jooq.class,
                        Jpa.class,
                        WithoutBoot.class,
                        WithOwnSources.class,
                        HoldingConnections.class,
                        Constructed.class,
                        LoadedLater.class),
                3 * 7 + 1 + 2 + 3 * 2 + 3 * 2 + 1 + 1);
        assertThat(SEEN).hasSize(3 * 6 + 1 + 3 * 2);
        assertThat(CONTEXTS).as("one, and one that is replaced").hasSize(1 + 2);
        assertThat(HAPPENED).containsExactlyInAnyOrder("closed", "connected");
        assertThat(MOST_AT_ONCE).as("tests at a time").hasValue(1);
    }

    @Test
    void class_has_its_own_database_in_the_context_of_others() {
        assertSucceeded(
                run(
                        OneClass.class,
                        OtherClass.class,
                        SeededOnce.class,
                        SeededAgain.class,
                        StarterOnce.class,
                        StarterAgain.class),
                2 * 2 + 2 + 2);
        assertThat(SEEN).hasSize(2 + 2);
        assertThat(CONTEXTS).as("one, and those that serve one class").hasSize(1 + 2 + 2);
    }

    @Test
    @Tag("long")
    void what_cannot_have_the_database_of_a_test_is_refused() {
        EngineExecutionResults results = run(
                SeededTests.class,
                StarterForEachTest.class,
                NamedForEachTest.class,
                BeforeTests.class,
                AfterTests.class,
                LoadedEarly.class,
                ConnectedEarly.class,
                Unlocked.class);
        List<String> failures = failures(results);
        assertThat(failures.stream().filter(failure -> failure.contains("wrote to its database when it started")))
                .hasSize(2)
                .allMatch(failure -> failure.contains("preparation") && failure.contains("Scope.CLASS"));
        assertThat(failures.stream().filter(failure -> failure.contains("uses a bean of the type ProjectPools")))
                .singleElement()
                .asString()
                .contains("each test has its own database", "Scope.CLASS");
        assertThat(failures.stream()
                        .filter(failure -> failure.contains("uses the property citustenancy.test.database.name")))
                .singleElement()
                .asString()
                .contains("each test has its own database", "Scope.CLASS");
        assertThat(failures.stream().filter(failure -> failure.contains("No test runs")))
                .hasSize(2)
                .allMatch(failure -> failure.contains("Scope.CLASS"));
        assertThat(failures.stream().filter(failure -> failure.contains("run at the same time")))
                .singleElement()
                .asString()
                .contains("@ResourceLock");
        assertThat(failures.stream().filter(failure -> failure.contains("write @CitusDatabase before")))
                .singleElement()
                .asString()
                .contains("ConnectedEarly");
        assertThat(failures).hasSize(8);
        results.testEvents().assertStatistics(tests -> tests.succeeded(3));
        assertThat(HAPPENED).singleElement().asString().contains("write @CitusDatabase before other annotations");
    }
}
