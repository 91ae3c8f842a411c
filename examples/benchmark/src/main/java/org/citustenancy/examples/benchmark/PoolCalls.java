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
 * What a request does with pools. All have the same driver, the same server, and pools of the same settings; those who
 * route have the same pools behind them, with the current project set once or for each request.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls what is marked with @Setup first.
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

    /** Opens everything. */
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
        // Registered afterwards, for the server has nothing to say of what it takes.
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

    /** Closes everything. */
    @TearDown
    public void close() throws IOException {
        pools.close();
        hikari.close();
        server.close();
    }

    /** HikariCP alone. */
    @Benchmark
    public void borrowHikari() throws SQLException {
        hikari.getConnection().close();
    }

    /** The same from a pool of the registry. */
    @Benchmark
    public void borrowOurs() throws SQLException {
        pooled.getConnection().close();
    }

    /** The same, with a look-up of the pool in the registry each time. */
    @Benchmark
    public void borrowOursByName() throws SQLException {
        pools.dataSource(PROJECT, SilentServer.USER).getConnection().close();
    }

    /** A thread that works for a project all the time. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init")
    public static class Inside {

        private ProjectScope scope;

        /** Says for which. */
        @Setup
        public void enter(PoolCalls calls) {
            scope = calls.pools.scopes().open(PROJECT, SilentServer.USER);
            calls.spring.current.set(PROJECT);
            DynamicDataSourceContextHolder.push(PROJECT);
        }

        /** Ends it. */
        @TearDown
        public void leave(PoolCalls calls) {
            scope.close();
            calls.spring.current.remove();
            DynamicDataSourceContextHolder.clear();
        }
    }

    /** The data source of the current project is found, and asked something that it answers at once. */
    @Benchmark
    public boolean chooseOurs(Inside inside) throws SQLException {
        return routing.isWrapperFor(HikariDataSource.class);
    }

    /** The same with Spring. */
    @Benchmark
    public boolean chooseSpring(Inside inside) throws SQLException {
        return spring.isWrapperFor(HikariDataSource.class);
    }

    /** The same with baomidou's. */
    @Benchmark
    public boolean chooseBaomidou(Inside inside) throws SQLException {
        return baomidou.isWrapperFor(HikariDataSource.class);
    }

    /** The data source of the current project lends a connection. */
    @Benchmark
    public void routeOurs(Inside inside) throws SQLException {
        routing.getConnection().close();
    }

    /** The same with Spring. */
    @Benchmark
    public void routeSpring(Inside inside) throws SQLException {
        spring.getConnection().close();
    }

    /** The same with baomidou's. */
    @Benchmark
    public void routeBaomidou(Inside inside) throws SQLException {
        baomidou.getConnection().close();
    }

    /** A whole request: says for which project, borrows, gives back, and says that it is over. */
    @Benchmark
    public void requestOurs(Blackhole seen) throws SQLException {
        try (ProjectScope scope = pools.scopes().open(PROJECT, SilentServer.USER);
                Connection connection = routing.getConnection()) {
            seen.consume(connection);
        }
    }

    /** The same with Spring. */
    @Benchmark
    public void requestSpring(Blackhole seen) throws SQLException {
        spring.current.set(PROJECT);
        try (Connection connection = spring.getConnection()) {
            seen.consume(connection);
        } finally {
            spring.current.remove();
        }
    }

    /** The same with baomidou's. */
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

        /** Gives both back. */
        @TearDown
        public void giveBack() throws SQLException {
            scoped.close();
            pooled.close();
            scope.close();
        }
    }

    /** A statement on a connection of the current project, which looks at the scope at each use. */
    @Benchmark
    public void statementScoped(Borrowed borrowed) throws SQLException {
        borrowed.scoped.createStatement().close();
    }

    /** The same on a connection of the project's own data source. */
    @Benchmark
    public void statementPooled(Borrowed borrowed) throws SQLException {
        borrowed.pooled.createStatement().close();
    }

    /** As Spring's documentation has it: a thread-local key. */
    private static final class SpringRouting extends AbstractRoutingDataSource {

        private final ThreadLocal<@Nullable String> current = new ThreadLocal<>();

        @Override
        protected @Nullable Object determineCurrentLookupKey() {
            return current.get();
        }
    }
}
