package org.citustenancy.test.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.citustenancy.testing.NodesAssert.assertThatNodes;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.spring.OfProject;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.jooq.JooqContext;
import org.citustenancy.test.junit.CitusDatabase;
import org.citustenancy.test.junit.CitusDatabase.Scope;
import org.citustenancy.test.junit.OrdersSchema;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Classes of tests with an application's whole context, which are run here as JUnit runs them. */
@Isolated
@RequiresCluster
class SpringTestsTest {

    /** The databases that were seen. */
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    /** The applications' contexts. */
    private static final Set<ConfigurableApplicationContext> CONTEXTS = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void nameTheCluster(TestCluster nodes) {
        SEEN.clear();
        CONTEXTS.clear();
        System.setProperty("citustenancy.test.url", nodes.embedded().jdbcUrl("postgres"));
        System.setProperty("citustenancy.test.admin", nodes.embedded().adminUser());
        System.setProperty("citustenancy.test.password", nodes.embedded().adminPassword());
    }

    @AfterEach
    void forgetTheCluster() {
        List.of("url", "admin", "password").forEach(name -> System.clearProperty("citustenancy.test." + name));
    }

    private static EngineExecutionResults run(Class<?>... tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(Stream.of(tests).map(each -> selectClass(each)).toArray(DiscoverySelector[]::new))
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.classes.default", "concurrent")
                .configurationParameter("junit.jupiter.conditions.deactivate", "org.junit.*DisabledCondition")
                .execute();
    }

    private static void assertNothingLeft(TestCluster nodes, String name) throws SQLException {
        assertThatNodes(nodes).hasNoDatabaseStartingWith(name + "_");
    }

    /** An application that knows nothing of its tests. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Application {}

    /** Writes the same row as every other class, and sees no other. */
    abstract static class Writing {

        @Autowired
        private JdbcClient application;

        @Autowired
        private ConfigurableApplicationContext context;

        @Value("${citustenancy.test.database.name}")
        private String name;

        @RepeatedTest(2)
        void sees_only_the_rows_of_its_class(TestDatabase database, ConnectionInfo connection) {
            application.sql("insert into orders select count(*) from orders").update();
            assertThat(application
                            .sql("select count(*) from orders")
                            .query(Long.class)
                            .single())
                    .isLessThanOrEqualTo(2);
            assertThat(application
                            .sql("select current_database()")
                            .query(String.class)
                            .single())
                    .isEqualTo(database.name())
                    .isEqualTo(connection.database())
                    .isEqualTo(name);
            SEEN.add(name);
            CONTEXTS.add(context);
        }
    }

    @SpringBootTest(classes = Application.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "spring", scope = Scope.CLASS)
    static class First extends Writing {

        @Nested
        class Within {
            @Test
            void gets_the_database_of_its_class(@Autowired JdbcClient application) {
                SEEN.add(application
                        .sql("select current_database()")
                        .query(String.class)
                        .single());
            }
        }
    }

    @SpringBootTest(classes = Application.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "spring", scope = Scope.CLASS)
    @TestInstance(Lifecycle.PER_CLASS)
    static class Second extends Writing {}

    @Test
    void each_class_runs_against_its_own_copy(TestCluster nodes) throws SQLException {
        run(First.class, Second.class).testEvents().assertStatistics(tests -> tests.succeeded(5)
                .failed(0));
        assertThat(SEEN).hasSize(2);
        assertThat(CONTEXTS).hasSize(2).noneMatch(ConfigurableApplicationContext::isActive);
        assertNothingLeft(nodes, "spring");
    }

    @SpringBootTest(classes = Application.class)
    @TestPropertySource("classpath:/starter.properties")
    @CitusDatabase(preparation = OrdersSchema.class, name = "starter", scope = Scope.CLASS)
    static class WithStarter {

        @Test
        void copy_is_the_project(@Autowired @OfProject("app") JdbcClient app, TestDatabase database) {
            app.sql("insert into orders values (1)").update();
            assertThat(JooqContext.of(database).fetch("select * from orders")).hasSize(1);
            SEEN.add(database.name());
        }
    }

    @Test
    void copy_replaces_a_project_of_the_starter(TestCluster nodes) throws SQLException {
        run(WithStarter.class).testEvents().assertStatistics(tests -> tests.succeeded(1)
                .failed(0));
        assertThat(SEEN).hasSize(1);
        assertNothingLeft(nodes, "starter");
    }

    @Test
    void documented_example_runs(TestCluster nodes) throws SQLException {
        run(SpringOrdersExample.OrdersServiceTest.class).testEvents().assertStatistics(tests -> tests.succeeded(1)
                .failed(0));
        assertNothingLeft(nodes, "orders");
    }
}
