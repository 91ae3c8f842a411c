package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.Authentication;
import org.citustenancy.embedded.Backend;
import org.citustenancy.embedded.EmbeddedCluster;
import org.citustenancy.errors.CitusUnavailableException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.tables.DistributionRules;
import org.citustenancy.tables.TableChange;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Developing against PostgreSQL alone: everything but distribution works. Runs wherever Java does. */
@Tag("once")
@TestInstance(Lifecycle.PER_CLASS)
class PlainPostgresTest {

    private final TestCluster server = TestCluster.closed(EmbeddedCluster.builder()
            .backend(Backend.PLAIN)
            .authentication(Authentication.SCRAM_SHA_256)
            .start());

    @AfterAll
    void stop() {
        server.embedded().close();
    }

    @Test
    void connect_refuses_a_server_without_citus_and_names_the_remedies() {
        assertThatThrownBy(() -> CitusCluster.connect(server.options().requireCitus(true)))
                .isInstanceOf(CitusUnavailableException.class)
                .hasMessageContaining("The server has no Citus")
                .hasMessageContaining("install Citus")
                .hasMessageContaining("shared_preload_libraries")
                .hasMessageContaining("citusdata/citus")
                .hasMessageContaining("requireCitus(false)");
    }

    @Test
    void connect_refuses_a_wrong_password_and_does_not_show_it() {
        assertThatThrownBy(() -> CitusCluster.connect(
                        server.embedded().jdbcUrl("postgres"),
                        server.embedded().adminUser(),
                        Secret.of("not-the-password")))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("does not accept the password of \"postgres\"")
                .hasMessageContaining("give the right password")
                .hasMessageNotContaining("not-the-password");
    }

    @Test
    void topology_has_one_node_without_citus() {
        try (CitusCluster cluster = server.connect()) {
            Topology topology = cluster.topology();

            assertThat(topology.citus()).isFalse();
            assertThat(topology.workers()).isEmpty();
        }
    }

    @Test
    void projects_are_created_changed_and_dropped() throws SQLException {
        try (CitusCluster cluster = server.connect()) {
            ProjectRequest request = cluster.project("plain")
                    .withUser("plain_user", Secret.of("owners-password"))
                    .withReadOnlyUser("plain_reader", Secret.of("readers-password"))
                    .setting("statement_timeout", "30s");
            Project project = request.create();

            assertThat(project.result().orElseThrow().changed()).isTrue();
            assertThat(request.create().result().orElseThrow().changed()).isFalse();
            assertThat(project.verify().findings()).isEmpty();
            assertThat(as(project.connection("plain_user"), "create table t (id int); insert into t values (1)"))
                    .isEmpty();
            assertThat(as(project.connection("plain_reader"), "select id from t"))
                    .containsExactly("1");
            assertThatThrownBy(() -> as(project.connection("plain_reader"), "insert into t values (2)"))
                    .hasMessageContaining("permission denied");
            assertThat(
                            server.ask(
                                    "postgres",
                                    "select has_database_privilege('public', 'plain', 'connect'), datconnlimit from pg_database where datname = 'plain'"))
                    .containsExactly("f|-1");

            Project changed = cluster.project("plain")
                    .withUser("plain_user", Secret.of("another-password"))
                    .create();
            assertThat(as(changed.connection("plain_user"), "select count(*) from t"))
                    .containsExactly("1");
            assertThatThrownBy(() -> as(project.connection("plain_user"), "select 1"))
                    .hasMessageContaining("password authentication failed");

            project.drop();
            assertThat(server.ask("postgres", "select datname from pg_database where datname = 'plain'"))
                    .isEmpty();
            assertThat(server.ask("postgres", "select rolname from pg_roles where rolname like 'plain%'"))
                    .isEmpty();
        }
    }

    @Test
    void distribute_changes_nothing_and_explains_why() throws SQLException {
        try (CitusCluster cluster = server.connect()) {
            Project project = cluster.project("undistributed").withUser().create();
            as(project.connection("undistributed_user"), "create table users (id int)");

            List<TableChange> changes = List.of(
                    project.tables().distribute("users", "id"),
                    project.tables().reference("users"),
                    project.tables().undistribute("users"),
                    project.tables().distributeSchema("public"));

            assertThat(changes).allSatisfy(change -> {
                assertThat(change.changed()).isFalse();
                assertThat(change.explanation()).contains("nothing was done", "the server has no Citus");
            });
            assertThat(project.tables().shardsPerNode()).isEmpty();
            DistributionRules rules = DistributionRules.create().reference("users");
            assertThat(project.tables().plan(rules)).isEqualTo(project.tables().apply(rules));
            assertThat(project.tables().plan(rules).toString()).contains("the server has no Citus");
        }
    }

    private List<String> as(ConnectionInfo connection, String sql) throws SQLException {
        return server.ask(
                server.embedded().coordinator(),
                connection.database(),
                connection.user(),
                connection.password().reveal(),
                sql);
    }
}
