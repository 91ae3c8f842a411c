package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.hikari.budget.ConnectionBudget;
import org.citustenancy.hikari.errors.ConnectionTimeoutException;
import org.citustenancy.hikari.errors.PoolClosedException;
import org.citustenancy.hikari.errors.ProjectConnectionException;
import org.citustenancy.hikari.errors.RegistryClosedException;
import org.citustenancy.hikari.settings.PoolSettings;
import org.citustenancy.hikari.testing.QuickProjects;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;

/** Connections that cannot be had, each with the reason, and at once where waiting would not help. */
@RequiresCluster(citus = false)
class PoolErrorsTest {

    private final TestCluster nodes;
    private final ConnectionInfo project;

    PoolErrorsTest(TestCluster nodes) throws SQLException {
        this.nodes = nodes;
        this.project = QuickProjects.make(nodes, "refused");
    }

    private static void use(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            assertThat(connection.isValid(1)).isTrue();
        }
    }

    @Test
    void wrong_password_fails_at_the_first_use_and_affects_no_other_pool() throws SQLException {
        ConnectionInfo other = QuickProjects.make(nodes, "unharmed");
        ConnectionInfo wrong = QuickProjects.connection(
                nodes.embedded().coordinator(), project.database(), project.user(), Secret.of("not-the-Password"));
        try (ProjectPools pools = ProjectPools.builder()
                .project(wrong)
                .project(other)
                .budget(ConnectionBudget.of(2))
                .open()) {
            DataSource refused = pools.dataSource(project.database(), project.user());
            use(pools.dataSource(other.database(), other.user()));

            for (int attempt = 0; attempt < 3; attempt++) {
                long begin = System.nanoTime();
                assertThatThrownBy(refused::getConnection)
                        .isInstanceOf(ProjectConnectionException.class)
                        .hasMessageContaining("does not accept the password of \"" + project.user() + "\"")
                        .hasMessageContaining("database \"" + project.database() + "\"")
                        .hasMessageNotContaining("not-the-Password")
                        .extracting(failure -> ((SQLException) failure).getSQLState())
                        .isEqualTo("28P01");
                assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin))
                        .as("it does not wait for 30 s")
                        .isLessThan(5);
            }
            use(pools.dataSource(other.database(), other.user()));
            assertThat(pools.use().held()).isEqualTo(1);

            pools.register(project);
            use(refused);
        }
    }

    @Test
    void wrong_password_fails_at_once_whatever_hikari_executes_in_a_new_connection() {
        ConnectionInfo wrong = QuickProjects.connection(
                nodes.embedded().coordinator(), project.database(), project.user(), Secret.of("not-the-Password"));
        List<Consumer<HikariConfig>> settings = List.of(hikari -> hikari.setConnectionInitSql("select 1"), hikari -> {
            hikari.setConnectionInitSql("set work_mem = '1MB'");
            hikari.setConnectionTestQuery("select 1");
            hikari.setAutoCommit(false);
            hikari.setIsolateInternalQueries(true);
            hikari.setReadOnly(true);
            hikari.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
            hikari.setSchema("public");
        });
        for (Consumer<HikariConfig> each : settings) {
            try (ProjectPools pools = ProjectPools.builder()
                    .project(wrong)
                    .settings(PoolSettings.guide()
                            .with()
                            .connectionTimeoutMillis(6_000)
                            .hikari(each)
                            .build())
                    .open()) {
                DataSource refused = pools.dataSource(project.database(), project.user());
                for (int attempt = 0; attempt < 2; attempt++) {
                    assertThatThrownBy(refused::getConnection)
                            .isInstanceOf(ProjectConnectionException.class)
                            .hasMessageContaining("does not accept the password");
                }
                pools.register(project);
                assertThatCode(() -> use(refused)).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void open_pool_reports_that_its_project_was_dropped() throws SQLException {
        try (ProjectPools pools = ProjectPools.builder().project(project).open()) {
            DataSource source = pools.dataSource(project.database(), project.user());
            use(source);
            nodes.ask("postgres", "drop database " + TestCluster.identifier(project.database()) + " with (force)");

            // The connection that the drop cut may still be handed out once.
            assertThatThrownBy(() -> {
                        try (Connection connection = source.getConnection()) {
                            connection.createStatement().execute("select 1");
                        }
                    })
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(ProjectConnectionException.class)
                    .hasMessageContaining("has no database any more")
                    .hasMessageContaining("close its pools, or create the project");

            pools.unregister(project.database());
            assertThatThrownBy(source::getConnection).isInstanceOf(PoolClosedException.class);
            assertThatThrownBy(() -> pools.pool(project.database(), project.user()))
                    .isInstanceOf(NotFoundException.class);
            assertThat(pools.pools()).isEmpty();
            assertThat(pools.use().projects()).isEmpty();
        }
    }

    @Test
    void timeout_names_a_server_that_cannot_be_reached() {
        ConnectionInfo nowhere = new ConnectionInfo(
                "127.0.0.1",
                1,
                "p",
                "u",
                Optional.of(QuickProjects.PASSWORD),
                "jdbc:postgresql://127.0.0.1:1/p",
                Map.of());
        try (ProjectPools pools = ProjectPools.builder()
                .project(nowhere)
                .settings(
                        PoolSettings.guide().with().connectionTimeoutMillis(500).build())
                .budget(ConnectionBudget.of(3))
                .open()) {
            assertThatThrownBy(() -> pools.dataSource("p", "u").getConnection())
                    .isInstanceOf(ConnectionTimeoutException.class)
                    .hasMessageContaining("the last one could not be opened")
                    .hasMessageContaining("127.0.0.1:1");
        }
    }

    @Test
    void failing_password_source_keeps_no_connection_of_the_budget() throws SQLException {
        AtomicInteger asked = new AtomicInteger();
        try (ProjectPools pools = ProjectPools.builder()
                .project(project, () -> {
                    // While the connection is being opened, and when it is open.
                    if (List.of(3, 5).contains(asked.incrementAndGet())) {
                        throw new IllegalStateException("The vault is closed");
                    }
                    return QuickProjects.PASSWORD;
                })
                .budget(ConnectionBudget.of(1))
                .settings(PoolSettings.guide()
                        .with()
                        .connectionTimeoutMillis(5_000)
                        .maxUses(1)
                        .build())
                .open()) {
            DataSource source = pools.dataSource(project.database(), project.user());
            for (int use = 0; use < 3; use++) {
                use(source);
            }
            assertThat(asked.get()).isGreaterThan(5);
        }
    }

    @Test
    void unregistered_project_or_user_is_refused_with_the_registered_ones() {
        try (ProjectPools pools = ProjectPools.builder().project(project).open()) {
            assertThatThrownBy(() -> pools.pool("nothing", project.user()))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("No project \"nothing\" is registered")
                    .hasMessageContaining(project.database());
            assertThatThrownBy(() -> pools.pool(project.database(), "no_user"))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("is not registered for the user \"no_user\"")
                    .hasMessageContaining("name one of " + project.user());
        }
    }

    @Test
    void closed_pool_lends_nothing_and_reopens_unless_all_pools_are_closed() throws SQLException {
        ProjectPools pools = ProjectPools.builder().project(project).open();
        DataSource before = pools.dataSource(project.database(), project.user());
        use(before);
        pools.close(project.database());
        assertThatThrownBy(before::getConnection)
                .isInstanceOf(PoolClosedException.class)
                .hasMessageContaining("The pool of " + project.user() + "@" + project.database() + " is closed");
        use(pools.dataSource(project.database(), project.user()));

        pools.close();

        assertThatThrownBy(() -> pools.dataSource(project.database(), project.user()))
                .isInstanceOf(RegistryClosedException.class);
        assertThatThrownBy(() -> pools.register(project)).isInstanceOf(RegistryClosedException.class);
        assertThat(nodes.ask(
                        "postgres",
                        TestCluster.bind(
                                "select count(*) from pg_stat_activity where datname = ?", project.database())))
                .containsExactly("0");
    }

    @Test
    void close_waits_for_lent_connections() throws Exception {
        ProjectPools pools = ProjectPools.builder().project(project).open();
        Connection lent = pools.dataSource(project.database(), project.user()).getConnection();
        Thread closing = new Thread(pools::close);
        closing.start();
        TimeUnit.MILLISECONDS.sleep(300);

        lent.createStatement().execute("select 1");
        assertThat(closing.isAlive()).isTrue();
        lent.close();
        closing.join(5_000);
        assertThat(closing.isAlive()).isFalse();
    }
}
