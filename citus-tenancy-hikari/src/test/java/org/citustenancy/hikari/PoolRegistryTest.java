package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.sql.DataSource;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.health.PoolsHealth;
import org.citustenancy.hikari.metrics.MicrometerMetrics;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.testing.PoolPorts;
import org.citustenancy.hikari.testing.QuickProjects;
import org.citustenancy.testing.Await;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;

/** Registrations that change while pools are open, and what a pool leaves behind. */
@RequiresCluster(citus = false)
class PoolRegistryTest {

    private final TestCluster nodes;
    private final ConnectionInfo project;

    PoolRegistryTest(TestCluster nodes) throws SQLException {
        this.nodes = nodes;
        this.project = QuickProjects.make(nodes, "registered");
    }

    private static void use(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void project_that_is_unregistered_while_a_thread_opens_its_pool_has_no_pool() throws Exception {
        ConnectionInfo other = nowhere("other");
        AtomicReference<ProjectPools> registry = new AtomicReference<>();
        CompletableFuture<ProjectPool> opened = new CompletableFuture<>();
        Thread opening = new Thread(() -> {
            try {
                opened.complete(registry.get().pool(project.database(), project.user()));
            } catch (RuntimeException refused) {
                opened.completeExceptionally(refused);
            }
        });
        PoolMetrics unregisters = (name, configuration) -> {
            if (name.project().equals(other.database())) {
                // Pools open one at a time, and this thread opens one: the other thread has begun, and waits.
                opening.start();
                while (opening.getState() != Thread.State.BLOCKED) {
                    Thread.onSpinWait();
                }
                registry.get().unregister(project.database());
            }
        };
        try (ProjectPools pools = ProjectPools.builder()
                .project(project)
                .project(other)
                .metrics(unregisters)
                .open()) {
            registry.set(pools);
            pools.pool(other.database(), other.user());

            assertThatThrownBy(() -> opened.get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(NotFoundException.class);
            assertThat(pools.pools()).extracting(pool -> pool.name().project()).containsExactly(other.database());
        }
    }

    @Test
    void open_pool_moves_to_the_address_of_a_later_registration() throws Exception {
        EmbeddedNode elsewhere = nodes.embedded().workers().get(0);
        Secret password = Secret.of("Of-the-other-server");
        String role = TestCluster.identifier(project.user());
        try (Connection admin = nodes.open(elsewhere, "postgres");
                Statement statement = admin.createStatement()) {
            // Citus may have created the role on every node, with the password of the coordinator.
            statement.execute("set citus.enable_create_role_propagation to off");
            statement.execute("drop role if exists " + role);
            statement.execute("create role " + role + " login password " + TestCluster.literal(password.reveal()));
            statement.execute("create database " + TestCluster.identifier(project.database())
                    + " template template0 owner " + role);
        }
        ConnectionInfo moved = QuickProjects.connection(elsewhere, project.database(), project.user(), password);
        int former = nodes.embedded().coordinator().port();
        try (ProjectPools pools = ProjectPools.builder()
                .project(project)
                .settings(PoolSettings.guide().with().max(3).build())
                .open()) {
            ProjectPool pool = pools.pool(project.database(), project.user());
            Connection borrowed = pool.dataSource().getConnection();
            PoolPorts.of(pool, 2);

            pools.register(moved);

            assertThat(PoolPorts.of(pool, 2)).containsExactly(elsewhere.port());
            assertThat(PoolPorts.of(borrowed)).isEqualTo(former);
            borrowed.close();
            assertThat(PoolPorts.of(pool, 3)).containsExactly(elsewhere.port());
            pools.close(project.database());
            assertThat(PoolPorts.of(pools.pool(project.database(), project.user()), 1))
                    .containsExactly(elsewhere.port());

            pools.register(project);
            assertThat(PoolPorts.of(pools.pool(project.database(), project.user()), 3))
                    .containsExactly(former);
        }
    }

    @Test
    void registration_that_the_settings_refuse_leaves_the_open_pool_as_it_is() throws Exception {
        try (ProjectPools pools = ProjectPools.builder()
                .project(project)
                .settings(PoolSettings.guide().with().lockTimeoutMillis(1_000).build())
                .open()) {
            DataSource source = pools.dataSource(project.database(), project.user());
            ConnectionInfo refused = QuickProjects.connection(
                    nodes.embedded().coordinator(),
                    project.database(),
                    project.user(),
                    QuickProjects.PASSWORD,
                    "?options=-c%20work_mem=1MB");

            assertThatThrownBy(() -> pools.register(refused)).isInstanceOf(InvalidRequestException.class);
            use(source);
            pools.close(project.database());
            use(pools.dataSource(project.database(), project.user()));
        }
    }

    @Test
    void pool_that_fails_to_open_leaves_nothing_behind() throws Exception {
        AtomicReference<WeakReference<DataSource>> failed = new AtomicReference<>();
        PoolMetrics watching = (name, configuration) -> failed.set(new WeakReference<>(configuration.getDataSource()));
        try (ProjectPools pools = ProjectPools.builder()
                .project(project)
                .metrics(watching)
                .settings(PoolSettings.guide()
                        .with()
                        .hikari(hikari -> hikari.setTransactionIsolation("none of them"))
                        .build())
                .open()) {
            assertThatThrownBy(() -> pools.pool(project.database(), project.user()))
                    .isInstanceOf(InvalidRequestException.class)
                    .hasMessageContaining("the pool of " + project.user() + "@" + project.database())
                    .hasMessageContaining("none of them");

            Await.until(() -> {
                System.gc();
                return failed.get().get() == null;
            });
            assertThat(pools.pools()).isEmpty();
        }
    }

    @Test
    void meters_and_mbeans_of_a_reopened_pool_outlive_the_former_one() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        ObjectName name =
                new ObjectName("com.zaxxer.hikari:type=Pool (" + project.user() + "@" + project.database() + ")");
        try (ProjectPools pools = ProjectPools.builder()
                .project(project)
                .metrics(MicrometerMetrics.in(meters).and(PoolMetrics.jmx()))
                .open()) {
            Connection ofFormer =
                    pools.dataSource(project.database(), project.user()).getConnection();
            Thread closing = new Thread(() -> pools.close(project.database()));
            closing.start();
            Await.until(() -> pools.pools().isEmpty());
            DataSource reopened = pools.dataSource(project.database(), project.user());
            try (Connection first = reopened.getConnection();
                    Connection second = reopened.getConnection()) {
                assertThat(first.isValid(1) && second.isValid(1)).isTrue();
                ofFormer.close();
                closing.join();

                assertThat(beans.getAttribute(name, "ActiveConnections")).isEqualTo(2);
                // HikariCP keeps figures for a second.
                Await.until(() -> Optional.ofNullable(meters.find("hikaricp.connections.active")
                                        .gauge())
                                .map(Gauge::value)
                                .orElse(0.0)
                        == 2);
            }
        }
        assertThat(meters.getMeters()).isEmpty();
        assertThat(beans.isRegistered(name)).isFalse();
    }

    @Test
    void use_of_the_budget_is_published_until_the_registry_closes() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (ProjectPools pools = ProjectPools.builder()
                .project(project)
                .budget(ConnectionBudget.of(3).guarantee(project.database(), 1).guarantee("another", 1))
                .metrics(MicrometerMetrics.in(meters).and(PoolMetrics.jmx()))
                .open()) {
            DataSource source = pools.dataSource(project.database(), project.user());
            assertThat(budget(meters, "connections")).isEqualTo(3);
            assertThat(budget(meters, "used")).isZero();
            assertThat(budget(meters, "guaranteed")).isEqualTo(2);
            try (Connection first = source.getConnection();
                    Connection second = source.getConnection()) {
                assertThat(first.isValid(1) && second.isValid(1)).isTrue();
                assertThat(budget(meters, "used")).isEqualTo(2);
                CompletableFuture<Void> third = CompletableFuture.runAsync(() -> {
                    try {
                        use(source);
                    } catch (SQLException failure) {
                        throw new CompletionException(failure);
                    }
                });
                Await.until(() -> budget(meters, "waiting") == 1);
                first.close();
                third.join();
            }
            assertThat(budget(meters, "waiting")).isZero();
        }
        assertThat(meters.getMeters()).isEmpty();
    }

    private static double budget(SimpleMeterRegistry meters, String name) {
        return meters.get("citustenancy.budget." + name).gauge().value();
    }

    @Test
    void health_of_all_pools_takes_one_connection_of_each_server() throws Exception {
        List<ConnectionInfo> projects = QuickProjects.make(nodes, "healthy", 6);
        ProjectPoolsBuilder builder = ProjectPools.builder().budget(ConnectionBudget.of(2));
        projects.forEach(builder::project);
        ConnectionInfo unreachable = nowhere("unreachable");
        try (ProjectPools pools = builder.open()) {
            PoolsHealth health = pools.checkHealth(Duration.ofSeconds(10));
            assertThat(health.isUp()).isTrue();
            assertThat(health.servers()).hasSize(1);
            assertThat(pools.use().held()).isEqualTo(1);
            ConnectionInfo used = projects.get(5);
            pools.close(health.servers().get(0).pool().project());
            use(pools.dataSource(used.database(), used.user()));

            pools.register(unreachable);
            PoolsHealth now = pools.checkHealth(Duration.ofMillis(500));
            assertThat(now.isUp()).isFalse();
            assertThat(now.servers())
                    .filteredOn(server -> server.failure().isEmpty())
                    .extracting(server -> server.pool().project())
                    .as("the pool with an idle connection")
                    .containsExactly(used.database());
            assertThat(now.toString()).contains("127.0.0.1:1 (u@unreachable): No connection of");
            assertThat(pools.use().held()).isEqualTo(1);

            pools.unregister(unreachable.database());
            pools.register(QuickProjects.connection(
                    nodes.embedded().coordinator(), "0_dropped", "0_dropped", QuickProjects.PASSWORD));
            pools.close(used.database());
            assertThat(pools.checkHealth(Duration.ofSeconds(10)).isUp())
                    .as("a server that refuses one user answers to others")
                    .isTrue();
        }
    }

    private static ConnectionInfo nowhere(String database) {
        return new ConnectionInfo(
                "127.0.0.1",
                1,
                database,
                "u",
                Optional.of(QuickProjects.PASSWORD),
                "jdbc:postgresql://127.0.0.1:1/" + database,
                Map.of());
    }
}
