package org.citustenancy.test.contexts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.citustenancy.test.TestDatabase;
import org.citustenancy.test.TestDatabases;
import org.citustenancy.test.junit.CitusDatabase;
import org.citustenancy.test.junit.OrdersSchema;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Compares a suite of Spring tests, each on its own database, with the same suite on one database. Prints both times,
 * with the preparation and the removal of the databases.
 */
@Tag("long")
@Isolated
@RequiresCluster
class SuiteTimeTest {

    private static final int CLASSES = Integer.getInteger("citustenancy.test.classes", 50);
    private static final long TESTS_OF_ONE = 10;

    /** Each order of a test is three statements. */
    private static final int ORDERS = Integer.getInteger("citustenancy.test.orders", 10);

    /** Tests that share a database cannot use the same keys. */
    private static final AtomicLong KEYS = new AtomicLong();

    /** The application. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    public static class Application {}

    /** Ten tests, each with thirty statements: it stores ten orders, and reads and changes each. */
    public abstract static class Tests {

        @Autowired
        private JdbcClient application;

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
        void orders_are_stored_found_and_removed(int number) {
            assertThat(number).isPositive();
            for (int order = 0; order < ORDERS; order++) {
                long key = KEYS.incrementAndGet();
                application.sql("insert into orders (id) values (?)").param(key).update();
                assertThat(application
                                .sql("select id from orders where id = ?")
                                .param(key)
                                .query(Long.class)
                                .list())
                        .containsExactly(key);
                assertThat(application
                                .sql("delete from orders where id = ?")
                                .param(key)
                                .update())
                        .isOne();
            }
        }
    }

    /** A database for each test. */
    @SpringBootTest(classes = Application.class)
    @CitusDatabase(preparation = OrdersSchema.class, name = "suite")
    public abstract static class OneEach extends Tests {}

    /** A database for all tests. */
    @SpringBootTest(classes = Application.class)
    public abstract static class OneForAll extends Tests {}

    private static DiscoverySelector[] classes(Class<?> like) {
        List<DiscoverySelector> classes = new ArrayList<>();
        for (int number = 1; number <= CLASSES; number++) {
            classes.add(selectClass(new ByteBuddy()
                    .subclass(like)
                    .name(like.getName() + "_" + number)
                    .make()
                    .load(like.getClassLoader(), ClassLoadingStrategy.Default.INJECTION)
                    .getLoaded()));
        }
        return classes.toArray(DiscoverySelector[]::new);
    }

    private static void run(DiscoverySelector[] classes) {
        EngineTestKit.engine("junit-jupiter")
                .selectors(classes)
                .execute()
                .testEvents()
                .assertStatistics(
                        tests -> tests.succeeded(CLASSES * TESTS_OF_ONE).failed(0));
    }

    private static Duration time(Runnable work) {
        long begun = System.nanoTime();
        work.run();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** The suite with its database, which is prepared before the first test and dropped after the last one. */
    private static void runOnOne(TestCluster nodes, DiscoverySelector[] classes) {
        try (TestDatabases databases = TestDatabases.on(nodes.options())
                        .named("sharedsuite")
                        .preparedBy(new OrdersSchema())
                        .ahead(0)
                        .open();
                TestDatabase one = databases.take()) {
            System.setProperty("spring.datasource.url", one.connection().jdbcUrl());
            System.setProperty("spring.datasource.username", one.connection().user());
            System.setProperty(
                    "spring.datasource.password", one.connection().password().reveal());
            run(classes);
        } finally {
            List.of("url", "username", "password").forEach(name -> System.clearProperty("spring.datasource." + name));
        }
    }

    @Test
    void suite_with_a_database_for_each_test_succeeds_like_one_on_one_database(TestCluster nodes) {
        System.setProperty("citustenancy.test.url", nodes.embedded().jdbcUrl("postgres"));
        System.setProperty("citustenancy.test.admin", nodes.embedded().adminUser());
        System.setProperty("citustenancy.test.password", nodes.embedded().adminPassword());
        DiscoverySelector[] onOne = classes(OneForAll.class);
        DiscoverySelector[] onOneEach = classes(OneEach.class);
        try {
            Duration shared = time(() -> runOnOne(nodes, onOne));
            Duration isolated = time(() -> run(onOneEach));
            System.out.printf(
                    Locale.ROOT,
                    "%d tests of %d statements: %.1f s on one database, %.1f s on one each: %.2f times%n",
                    CLASSES * TESTS_OF_ONE,
                    3 * ORDERS,
                    seconds(shared),
                    seconds(isolated),
                    seconds(isolated) / seconds(shared));
        } finally {
            List.of("url", "admin", "password").forEach(name -> System.clearProperty("citustenancy.test." + name));
        }
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
