package org.citustenancy.hikari;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.PgBouncer;
import org.citustenancy.embedded.PgBouncer.PoolMode;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.hikari.errors.ProjectConnectionException;
import org.citustenancy.hikari.testing.QuickProjects;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Test;

/** Pools whose connections lead through a real PgBouncer. */
@RequiresCluster(citus = false)
class PgBouncerTest {

    /** More than the driver's default threshold, from which on it prepares a statement on the server. */
    private static final int OFTEN = 8;

    private final TestCluster nodes;
    private final ConnectionInfo project;

    PgBouncerTest(TestCluster nodes) throws SQLException {
        this.nodes = nodes;
        this.project = QuickProjects.make(nodes, "bounced");
    }

    private PgBouncer bouncer(PoolMode mode) throws Exception {
        return PgBouncer.start(nodes.embedded().coordinator(), mode, project.user(), QuickProjects.PASSWORD.reveal());
    }

    private ConnectionInfo through(PgBouncer bouncer, String options) {
        return new ConnectionInfo(
                "127.0.0.1",
                bouncer.port(),
                project.database(),
                project.user(),
                Optional.of(QuickProjects.PASSWORD),
                bouncer.jdbcUrl(project.database()) + options,
                Map.of());
    }

    private ProjectPools pools(ConnectionInfo connection) {
        return ProjectPools.builder().project(connection).open();
    }

    @Test
    void session_mode_works_with_time_outs_of_the_user_and_refuses_those_of_the_pool() throws Exception {
        nodes.ask(
                "postgres", "alter role " + TestCluster.identifier(project.user()) + " set statement_timeout = '41s'");
        try (PgBouncer bouncer = bouncer(PoolMode.SESSION)) {
            try (ProjectPools pools = pools(through(bouncer, ""))) {
                DataSource source = pools.dataSource(project.database(), project.user());
                use(source);
                try (Connection connection = source.getConnection()) {
                    assertThat(TestCluster.ask(connection, "show statement_timeout"))
                            .containsExactly("41s");
                    assertThat(TestCluster.ask(connection, "show application_name"))
                            .containsExactly(project.database());
                }
            }
            try (ProjectPools pools = ProjectPools.builder()
                    .project(through(bouncer, ""))
                    .settings(project.database(), settings -> settings.statementTimeoutMillis(5_000))
                    .open()) {
                assertRefused(pools.dataSource(project.database(), project.user()));
            }
            try (ProjectPools pools = pools(through(bouncer, ""))) {
                assertRefused(pools.readPool(project.database(), project.user()).dataSource());
            }
        }
    }

    private static void assertRefused(DataSource source) {
        assertThatThrownBy(source::getConnection)
                .isInstanceOf(ProjectConnectionException.class)
                .hasMessageContaining("unsupported startup parameter")
                .hasMessageContaining("set time-outs for the project's users");
    }

    @Test
    void transaction_mode_works_if_the_driver_prepares_nothing_on_the_server() throws Exception {
        try (PgBouncer bouncer = bouncer(PoolMode.TRANSACTION)) {
            try (ProjectPools pools = pools(through(bouncer, "?prepareThreshold=0"))) {
                DataSource source = pools.dataSource(project.database(), project.user());
                List<Connection> borrowed = new ArrayList<>();
                // More than PgBouncer has servers, so that each transaction may get another one.
                for (int number = 0; number < 4; number++) {
                    borrowed.add(source.getConnection());
                }
                for (int round = 0; round < OFTEN; round++) {
                    for (Connection connection : borrowed) {
                        assertThat(sum(connection, round)).isEqualTo(round + 1);
                    }
                }
                for (Connection connection : borrowed) {
                    connection.close();
                }
            }
        }
    }

    @Test
    void admin_does_not_connect_through_it() throws Exception {
        try (PgBouncer bouncer = PgBouncer.start(
                nodes.embedded().coordinator(),
                PoolMode.SESSION,
                nodes.options().admin(),
                nodes.options().adminPassword().reveal())) {
            ClusterOptions options = ClusterOptions.of(
                    bouncer.jdbcUrl("postgres"),
                    nodes.options().admin(),
                    nodes.options().adminPassword());
            assertThatThrownBy(() -> CitusCluster.connect(options))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("unsupported startup parameter")
                    .hasMessageContaining("connect to PostgreSQL itself");
        }
    }

    private static void use(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            for (int round = 0; round < OFTEN; round++) {
                assertThat(sum(connection, round)).isEqualTo(round + 1);
            }
            connection.rollback();
        }
    }

    private static int sum(Connection connection, int number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select 1 + ?")) {
            statement.setInt(1, number);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
