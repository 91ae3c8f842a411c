package org.citustenancy.examples.benchmark;

import com.baomidou.dynamic.datasource.DynamicRoutingDataSource;
import com.baomidou.dynamic.datasource.toolkit.DynamicDataSourceContextHolder;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.ProjectScope;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Measures the use of pools in a request. All candidates have the same driver, the same server, and pools of the same
 * settings. Candidates with routing have the same pools behind them, with the current project set once or for each
 * request.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the @Setup method first.
public class PoolCalls {

    private static final int PROJECTS = 100;
    private static final String PROJECT = "p42";

    private SilentServer server;
    private HikariDataSource hikari;
    private ProjectPools pools;
    private DataSource pooled;
    private DataSource routing;
    private SpringRouting spring;
    private DynamicRoutingDataSource baomidou;

    /** Opens all servers and pools. */
    @Setup
    public void open() throws IOException {
        server = SilentServer.start();
        HikariConfig configuration = new HikariConfig();
        configuration.setJdbcUrl(server.jdbcUrl("alone"));
        configuration.setUsername(SilentServer.USER);
        configuration.setMaximumPoolSize(20);
        configuration.setMinimumIdle(0);
        configuration.setIdleTimeout(30_000);
        hikari = new HikariDataSource(configuration);
        // Registered afterwards, because the server does not report its limits.
        pools = ProjectPools.builder().budget(ConnectionBudget.of(40)).open();
        for (int number = 0; number < PROJECTS; number++) {
            pools.register(server.connection("p" + number));
        }
        Map<Object, Object> targets = new HashMap<>();
        baomidou = new DynamicRoutingDataSource(List.of());
        for (int number = 0; number < PROJECTS; number++) {
            DataSource target = pools.dataSource("p" + number, SilentServer.USER);
            targets.put("p" + number, target);
            baomidou.addDataSource("p" + number, target);
        }
        spring = new SpringRouting();
        spring.setTargetDataSources(targets);
        spring.afterPropertiesSet();
        pooled = pools.dataSource(PROJECT, SilentServer.USER);
        routing = pools.scopes().dataSource();
    }

    /** Closes all servers and pools. */
    @TearDown
    public void close() throws IOException {
        pools.close();
        hikari.close();
        server.close();
    }

    /** Borrows from HikariCP alone. */
    @Benchmark
    public void borrowHikari() throws SQLException {
        hikari.getConnection().close();
    }

    /** Borrows from a pool of the registry. */
    @Benchmark
    public void borrowOurs() throws SQLException {
        pooled.getConnection().close();
    }

    /** Borrows with a look-up of the pool in the registry each time. */
    @Benchmark
    public void borrowOursByName() throws SQLException {
        pools.dataSource(PROJECT, SilentServer.USER).getConnection().close();
    }

    /** A thread that stays in the scope of a project. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init")
    public static class Inside {

        private ProjectScope scope;

        /** Opens the scope. */
        @Setup
        public void enter(PoolCalls calls) {
            scope = calls.pools.scopes().open(PROJECT, SilentServer.USER);
            calls.spring.current.set(PROJECT);
            DynamicDataSourceContextHolder.push(PROJECT);
        }

        /** Closes the scope. */
        @TearDown
        public void leave(PoolCalls calls) {
            scope.close();
            calls.spring.current.remove();
            DynamicDataSourceContextHolder.clear();
        }
    }

    /** Selects the data source of the current project and calls a method that returns at once. */
    @Benchmark
    public boolean chooseOurs(Inside inside) throws SQLException {
        return routing.isWrapperFor(HikariDataSource.class);
    }

    /** Measures the same with Spring. */
    @Benchmark
    public boolean chooseSpring(Inside inside) throws SQLException {
        return spring.isWrapperFor(HikariDataSource.class);
    }

    /** Measures the same with baomidou's library. */
    @Benchmark
    public boolean chooseBaomidou(Inside inside) throws SQLException {
        return baomidou.isWrapperFor(HikariDataSource.class);
    }

    /** Borrows from the data source of the current project. */
    @Benchmark
    public void routeOurs(Inside inside) throws SQLException {
        routing.getConnection().close();
    }

    /** Measures the same with Spring. */
    @Benchmark
    public void routeSpring(Inside inside) throws SQLException {
        spring.getConnection().close();
    }

    /** Measures the same with baomidou's library. */
    @Benchmark
    public void routeBaomidou(Inside inside) throws SQLException {
        baomidou.getConnection().close();
    }

    /** Measures a whole request: sets the project, borrows and returns a connection, and unsets the project. */
    @Benchmark
    public void requestOurs(Blackhole seen) throws SQLException {
        try (ProjectScope scope = pools.scopes().open(PROJECT, SilentServer.USER);
                Connection connection = routing.getConnection()) {
            seen.consume(connection);
        }
    }

    /** Measures the same with Spring. */
    @Benchmark
    public void requestSpring(Blackhole seen) throws SQLException {
        spring.current.set(PROJECT);
        try (Connection connection = spring.getConnection()) {
            seen.consume(connection);
        } finally {
            spring.current.remove();
        }
    }

    /** Measures the same with baomidou's library. */
    @Benchmark
    public void requestBaomidou(Blackhole seen) throws SQLException {
        DynamicDataSourceContextHolder.push(PROJECT);
        try (Connection connection = baomidou.getConnection()) {
            seen.consume(connection);
        } finally {
            DynamicDataSourceContextHolder.poll();
        }
    }

    /** A thread that keeps two connections to a project: one of its pool, and one of its scope. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init")
    public static class Borrowed {

        private ProjectScope scope;
        private Connection pooled;
        private Connection scoped;

        /** Borrows both. */
        @Setup
        public void borrow(PoolCalls calls) throws SQLException {
            scope = calls.pools.scopes().open(PROJECT, SilentServer.USER);
            pooled = calls.pooled.getConnection();
            scoped = calls.routing.getConnection();
        }

        /** Returns both. */
        @TearDown
        public void giveBack() throws SQLException {
            scoped.close();
            pooled.close();
            scope.close();
        }
    }

    /** Runs a statement on a connection of the current project, which checks the scope at each use. */
    @Benchmark
    public void statementScoped(Borrowed borrowed) throws SQLException {
        borrowed.scoped.createStatement().close();
    }

    /** Runs the same on a connection of the project's own data source. */
    @Benchmark
    public void statementPooled(Borrowed borrowed) throws SQLException {
        borrowed.pooled.createStatement().close();
    }

    /** Routes by a thread-local key, as Spring's documentation recommends. */
    private static final class SpringRouting extends AbstractRoutingDataSource {

        private final ThreadLocal<@Nullable String> current = new ThreadLocal<>();

        @Override
        protected @Nullable Object determineCurrentLookupKey() {
            return current.get();
        }
    }
}
