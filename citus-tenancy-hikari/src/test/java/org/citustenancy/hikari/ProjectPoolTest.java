package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.p6spy.engine.wrapper.ConnectionWrapper;
import com.zaxxer.hikari.util.Credentials;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.management.ObjectName;
import javax.net.SocketFactory;
import javax.sql.DataSource;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.internal.connections.PoolConnection;
import org.citustenancy.hikari.jooq.JooqContext;
import org.citustenancy.hikari.metrics.MicrometerMetrics;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.citustenancy.hikari.nodes.NodeSpread;
import org.citustenancy.hikari.settings.EffectiveSettings;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.settings.PoolSettingsBuilder;
import org.citustenancy.hikari.testing.QuickProjects;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** One pool: that it is as it was asked for, and says what it is. */
@RequiresCluster(citus = false)
class ProjectPoolTest {

    private final TestCluster nodes;
    private final ConnectionInfo project;

    ProjectPoolTest(TestCluster nodes) throws SQLException {
        this.nodes = nodes;
        this.project = QuickProjects.make(nodes, "pooled");
    }

    private ProjectPools open(PoolSettingsBuilder settings) {
        return ProjectPools.builder()
                .project(project)
                .settings(settings.build())
                .open();
    }

    private ProjectPool pool(ProjectPools pools) {
        return pools.pool(project.database(), project.user());
    }

    @Test
    void pool_lends_connections_with_name_and_timeouts_and_counts_them() throws SQLException {
        try (ProjectPools pools = open(PoolSettings.guide()
                .with()
                .statementTimeoutMillis(1_234)
                .lockTimeoutMillis(567)
                .idleInTransactionSessionTimeoutMillis(8_901))) {
            ProjectPool pool = pool(pools);
            assertThat(pool.figures().total()).as("nothing is opened ahead").isZero();
            try (Connection connection = pool.dataSource().getConnection()) {
                assertThat(TestCluster.ask(
                                connection,
                                "select current_setting('application_name'), current_setting('statement_timeout'),"
                                        + " current_setting('lock_timeout'),"
                                        + " current_setting('idle_in_transaction_session_timeout')"))
                        .containsExactly(project.database() + "|1234ms|567ms|8901ms");
                assertThat(pool.figures().inUse()).isEqualTo(1);
                assertThat(connection.unwrap(PGConnection.class).getBackendPID())
                        .isPositive();
            }
            assertThat(pool.figures().idle()).isEqualTo(1);
            assertThat(JooqContext.of(pool).fetchValue("select current_database()"))
                    .isEqualTo(project.database());
            assertThat(pools.pools()).containsExactly(pool);
        }
    }

    @Test
    void effective_settings_explain_where_they_differ() {
        try (ProjectPools pools =
                open(PoolSettings.guide().with().idleTimeoutMillis(5_000).maxLifetimeSeconds(60))) {
            EffectiveSettings settings = pool(pools).settings();
            assertThat(settings.max()).isEqualTo(20);
            assertThat(settings.min()).isZero();
            assertThat(settings.idleTimeoutMillis()).isEqualTo(10_000);
            assertThat(settings.maxLifetimeSeconds()).isEqualTo(60);
            assertThat(settings.words())
                    .hasSize(2)
                    .anySatisfy(word -> assertThat(word).contains("idleTimeoutMillis is 10000 instead of 5000"))
                    .anySatisfy(word -> assertThat(word).contains("keepaliveTime"));
        }
    }

    @Test
    void settings_of_a_project_override_common_ones() {
        try (ProjectPools pools = ProjectPools.builder()
                .project(project)
                .settings(PoolSettings.guide().with().max(7).maxUses(9).build())
                .settings(project.database(), settings -> settings.max(3))
                .open()) {
            assertThat(pool(pools).settings().max()).isEqualTo(3);
            assertThat(pool(pools).settings().maxUses()).isEqualTo(9);
        }
    }

    @Test
    void hikari_settings_are_applied_or_refused() {
        try (ProjectPools pools =
                open(PoolSettings.guide().with().hikari(hikari -> hikari.setLeakDetectionThreshold(60_000)))) {
            assertThat(pool(pools).settings().max()).isEqualTo(20);
        }
        try (ProjectPools pools = open(PoolSettings.guide().with().hikari(hikari -> {
            hikari.setMaximumPoolSize(5);
            hikari.setPoolName("mine");
            hikari.setKeepaliveTime(1_000);
            hikari.setLeakDetectionThreshold(10);
        }))) {
            assertThatThrownBy(() -> pool(pools))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("The pool of " + project.user() + "@" + project.database())
                    .hasMessageContaining("maximumPoolSize (max) is not to be set there")
                    .hasMessageContaining("poolName is not to be set there")
                    .hasMessageContaining("keepaliveTime is 1000")
                    .hasMessageContaining("leakDetectionThreshold is 10");
        }
    }

    @Test
    void hikari_settings_of_a_way_to_connect_that_pools_do_not_use_are_refused() {
        try (ProjectPools pools = open(PoolSettings.guide().with().hikari(hikari -> {
            hikari.setDriverClassName("com.p6spy.engine.spy.P6SpyDriver");
            hikari.setDataSourceJNDI("java:comp/env/other");
            hikari.addDataSourceProperty("prepareThreshold", "0");
            hikari.setPassword("mine");
            hikari.setCredentialsProvider(() -> Credentials.of("other", "mine"));
        }))) {
            assertThatThrownBy(() -> pool(pools))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("driverClassName (the URL, as jdbc:p6spy:postgresql:) is not to be set there")
                    .hasMessageContaining("dataSourceJNDI is not to be set there")
                    .hasMessageContaining("dataSourceProperties (the URL) is not to be set there")
                    .hasMessageContaining("password (the registration) is not to be set there")
                    .hasMessageContaining(
                            "credentialsProvider (the registration, with a supplier) is not to be set there")
                    .hasMessageNotContaining("mine");
        }
    }

    /** The application's own way to open sockets. */
    public static final class OwnSockets extends SocketFactory {

        private static final Set<String> ARGUMENTS = ConcurrentHashMap.newKeySet();

        private final SocketFactory sockets = SocketFactory.getDefault();

        public OwnSockets(String argument) {
            ARGUMENTS.add(argument);
        }

        @Override
        public Socket createSocket() throws IOException {
            return sockets.createSocket();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            return sockets.createSocket(host, port, local, localPort);
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return sockets.createSocket(host, port);
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            return sockets.createSocket(host, port, local, localPort);
        }
    }

    private ConnectionInfo withOptions(String options) {
        return QuickProjects.connection(
                nodes.embedded().coordinator(), project.database(), project.user(), QuickProjects.PASSWORD, options);
    }

    @Test
    void socket_factory_of_the_url_opens_the_sockets() throws SQLException {
        ConnectionInfo own =
                withOptions("?socketFactory=" + OwnSockets.class.getName() + "&socketFactoryArg=" + project.database());
        try (ProjectPools pools = ProjectPools.builder().project(own).open();
                Connection connection = pool(pools).dataSource().getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
        assertThat(OwnSockets.ARGUMENTS).contains(project.database());
    }

    @Test
    void driver_that_the_url_names_before_postgresql_opens_the_connections() throws SQLException {
        // Otherwise P6Spy writes a file to the working directory.
        System.setProperty("p6spy.config.modulelist", "com.p6spy.engine.spy.P6SpyFactory");
        ConnectionInfo plain = withOptions("?ApplicationName=ignored");
        ConnectionInfo spied = new ConnectionInfo(
                plain.host(),
                plain.port(),
                plain.database(),
                plain.user(),
                Optional.of(plain.password()),
                plain.jdbcUrl().replace("jdbc:postgresql:", "jdbc:p6spy:postgresql:"),
                Map.of());
        try (ProjectPools pools = ProjectPools.builder()
                .project(spied)
                .budget(ConnectionBudget.of(4))
                .spread(NodeSpread.ANY_NODE)
                .workers(List.of(new NodeAddress("127.0.0.1", plain.port())))
                .open()) {
            for (ProjectPool pool : List.of(pool(pools), pools.readPool(plain.database(), plain.user()))) {
                try (Connection first = pool.dataSource().getConnection();
                        Connection second = pool.dataSource().getConnection()) {
                    assertThat(List.of(first, second))
                            .allMatch(connection -> isWrapperFor(connection, ConnectionWrapper.class))
                            .allMatch(connection -> isWrapperFor(connection, PGConnection.class));
                    assertThat(TestCluster.ask(first, "select current_setting('application_name')"))
                            .containsExactly(plain.database());
                }
            }
        }
        ConnectionInfo unknown = new ConnectionInfo(
                plain.host(),
                plain.port(),
                plain.database(),
                plain.user(),
                Optional.of(plain.password()),
                "jdbc:nothing:postgresql://127.0.0.1/" + plain.database(),
                Map.of());
        try (ProjectPools pools = ProjectPools.builder().project(unknown).open()) {
            assertThatThrownBy(() -> pool(pools))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("No driver accepts \"jdbc:nothing:postgresql://127.0.0.1/");
        }
    }

    private static boolean isWrapperFor(Connection connection, Class<?> type) {
        try {
            return connection.isWrapperFor(type);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void server_settings_in_the_url_are_kept() {
        ConnectionInfo own = QuickProjects.connection(
                nodes.embedded().coordinator(),
                project.database(),
                project.user(),
                QuickProjects.PASSWORD,
                "?options=-c%20work_mem=1MB");
        try (ProjectPools pools = ProjectPools.builder()
                .project(own)
                .settings(PoolSettings.guide().with().lockTimeoutMillis(1).build())
                .open()) {
            assertThatThrownBy(() -> pool(pools))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("has \"options\" of its own");
        }
    }

    @Test
    void connection_is_replaced_after_its_maximum_uses() throws SQLException {
        try (ProjectPools pools = open(PoolSettings.guide().with().max(1).maxUses(3))) {
            DataSource source = pool(pools).dataSource();
            Set<Integer> backends = new HashSet<>();
            for (int use = 0; use < 9; use++) {
                try (Connection connection = source.getConnection()) {
                    backends.add(connection.unwrap(PGConnection.class).getBackendPID());
                }
            }
            assertThat(backends).hasSize(3);
        }
        try (ProjectPools pools = open(PoolSettings.guide().with().max(1).maxUses(1))) {
            DataSource source = pool(pools).dataSource();
            Set<Integer> backends = new HashSet<>();
            for (int use = 0; use < 3; use++) {
                try (Connection connection = source.getConnection()) {
                    backends.add(connection.unwrap(PGConnection.class).getBackendPID());
                }
            }
            assertThat(backends).hasSize(3);
        }
    }

    @Test
    void waiting_caller_gets_another_connection_when_the_returned_one_is_closed() throws Exception {
        try (ProjectPools pools = open(PoolSettings.guide().with().max(1).maxUses(2))) {
            DataSource source = pool(pools).dataSource();
            source.getConnection().close();
            Connection last = source.getConnection();
            ExecutorService thread = Executors.newSingleThreadExecutor();
            Future<Connection> waiting = thread.submit(() -> source.getConnection());
            Await.until(() -> pool(pools).figures().waiting() == 1);

            // Its last use is over, and no other thread asks for a connection any more.
            last.close();

            waiting.get(5, TimeUnit.SECONDS).close();
            thread.shutdown();
        }
    }

    @Test
    void passwords_in_a_url_are_masked() throws SQLException {
        ConnectionInfo talkative = QuickProjects.connection(
                nodes.embedded().coordinator(),
                project.database(),
                project.user(),
                QuickProjects.PASSWORD,
                "?sslpassword=not-for-logs");
        try (ProjectPools pools = ProjectPools.builder().project(talkative).open();
                Connection connection = pool(pools).dataSource().getConnection()) {
            assertThat(connection.unwrap(PoolConnection.class).toString())
                    .contains(project.database())
                    .doesNotContain("not-for-logs");
        }
    }

    @Test
    void figures_are_published_to_micrometer_and_jmx_by_project() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        meters.counter("application.own", "pool", project.database());
        try (ProjectPools pools = ProjectPools.builder()
                .project(project)
                .metrics(MicrometerMetrics.in(meters).and(PoolMetrics.jmx()))
                .open()) {
            try (Connection connection = pool(pools).dataSource().getConnection()) {
                assertThat(connection.isValid(1)).isTrue();
            }
            assertThat(meters.get("hikaricp.connections.acquire")
                            .tag("project", project.database())
                            .tag("user", project.user())
                            .timer()
                            .count())
                    .isEqualTo(1);
            ObjectName name =
                    new ObjectName("com.zaxxer.hikari:type=Pool (" + project.user() + "@" + project.database() + ")");
            assertThat(ManagementFactory.getPlatformMBeanServer().getAttribute(name, "IdleConnections"))
                    .isEqualTo(1);
        }
        assertThat(meters.find("hikaricp.connections.acquire").timer()).isNull();
    }
}
