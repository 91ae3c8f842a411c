package org.citustenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.NodesAssert.assertThatNode;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.Secret;
import org.citustenancy.users.TableGrant;
import org.citustenancy.users.TablePrivilege;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Users come, change, are shared, and go, on every node. */
@Tag("asks-for-passwords")
@RequiresCluster
class UsersTest {

    private static final Secret PASSWORD = Secret.of("users-Password");

    private final TestCluster nodes;

    UsersTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void create_changes_the_access_level_of_a_user() throws SQLException {
        String name = TestCluster.unique("level");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = withTable(cluster, name, "items");
            cluster.project(name).withReadWriteUser(name + "_u", PASSWORD).create();
            assertThat(tryAs(name + "_u", name, "insert into items values (1, 'a')"))
                    .isEqualTo("done");
            assertThat(project.connection(name + "_u")).returns(false, ConnectionInfo::hasPassword);
            assertThatThrownBy(() -> project.connection(name + "_x"))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("has no user \"" + name + "_x\"")
                    .hasMessageContaining(name + "_u");

            Project changed = cluster.project(name)
                    .withReadOnlyUser(name + "_u", PASSWORD)
                    .create();

            assertThat(changed.result().orElseThrow().outcomes())
                    .extracting(StepOutcome::step)
                    .allSatisfy(step -> assertThat(step.description()).contains("take from"));
            assertThat(tryAs(name + "_u", name, "insert into items values (2, 'b')"))
                    .isEqualTo("42501");
            assertThat(tryAs(name + "_u", name, "select * from items")).isEqualTo("done");
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
        }
    }

    @Test
    void column_privileges_are_granted_on_every_shard() throws SQLException {
        String name = TestCluster.unique("columns");
        try (CitusCluster cluster = nodes.connect()) {
            withTable(cluster, name, "people");
            Project project = cluster.project(name)
                    .withTableUser(
                            name + "_u",
                            PASSWORD,
                            options -> options.table(
                                    TableGrant.on("people").columns("id").privileges(TablePrivilege.SELECT)))
                    .create();

            assertThat(tryAs(name + "_u", name, "select id from people")).isEqualTo("done");
            assertThat(tryAs(name + "_u", name, "select value from people")).isEqualTo("42501");
            for (EmbeddedNode worker : nodes.embedded().workers()) {
                assertThat(nodes.ask(worker, name, name + "_u", PASSWORD.reveal(), "select id from people limit 0"))
                        .isEmpty();
            }
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            assertThatThrownBy(() -> cluster.project(name)
                            .withTableUser(
                                    name + "_u",
                                    PASSWORD,
                                    options -> options.table(
                                            TableGrant.on("people").columns("id", "nmae")))
                            .create())
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("nmae")
                    .hasMessageContaining("id, value");
        }
    }

    @Test
    void grant_waits_until_its_table_exists() throws SQLException {
        String name = TestCluster.unique("waiting");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(name + "_o", PASSWORD)
                    .withTableUser(name + "_u", PASSWORD, "later")
                    .create();
            assertThat(project.result().orElseThrow().waiting())
                    .containsExactly("\"" + name + "_u\" waits for the table later");
            assertThat(TestCluster.besidesTrust(project.verify()).findings())
                    .extracting(Finding::what)
                    .singleElement()
                    .asString()
                    .contains("later");
            nodes.ask(
                    nodes.embedded().coordinator(),
                    name,
                    name + "_o",
                    PASSWORD.reveal(),
                    "create table later (id int)");
            assertThat(tryAs(name + "_u", name, "select * from later")).isEqualTo("42501");

            assertThat(project.repair().waiting()).isEmpty();

            assertThat(tryAs(name + "_u", name, "select * from later")).isEqualTo("done");
        }
    }

    @Test
    void repair_corrects_privileges_that_were_granted_or_revoked_by_hand() throws SQLException {
        String name = TestCluster.unique("drift");
        try (CitusCluster cluster = nodes.connect()) {
            withTable(cluster, name, "ledger");
            Project project = cluster.project(name)
                    .withReadOnlyUser(name + "_u", PASSWORD)
                    .create();
            nodes.ask(nodes.embedded().coordinator(), name, "grant delete on ledger to \"" + name + "_u\"");
            EmbeddedNode worker = nodes.embedded().workers().get(1);
            nodes.ask(
                    worker,
                    "postgres",
                    "set citus.enable_ddl_propagation to off; revoke connect on database \"" + name + "\" from \""
                            + name + "_u\"");

            assertThat(TestCluster.besidesTrust(project.verify()).findings())
                    .extracting(Finding::what)
                    .anySatisfy(what -> assertThat(what).contains("DELETE").contains("ledger"))
                    .anySatisfy(
                            what -> assertThat(what).contains("grant CONNECT on the database to \"" + name + "_u\""));
            project.repair();

            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
            assertThat(tryAs(name + "_u", name, "delete from ledger")).isEqualTo("42501");
        }
    }

    @Test
    void verify_reports_a_role_with_dangerous_attributes_and_the_other_findings() throws SQLException {
        String name = TestCluster.unique("promoted");
        try (CitusCluster cluster = nodes.connect()) {
            withTable(cluster, name, "ledger");
            Project project = cluster.project(name)
                    .withReadOnlyUser(name + "_u", PASSWORD)
                    .create();
            EmbeddedNode worker = nodes.embedded().workers().get(0);
            nodes.ask(
                    worker, "postgres", "set citus.enable_ddl_propagation to off; alter role " + name + "_u createdb");
            nodes.ask(nodes.embedded().coordinator(), name, "grant delete on ledger to " + name + "_u");

            assertThat(TestCluster.besidesTrust(project.verify()).findings())
                    .extracting(Finding::what)
                    .anySatisfy(what -> assertThat(what).contains("CREATEDB"))
                    .anySatisfy(what -> assertThat(what).contains("DELETE"));
        }
    }

    @Test
    void verify_reports_privileges_of_public() throws SQLException {
        String name = TestCluster.unique("public_grant");
        try (CitusCluster cluster = nodes.connect()) {
            withTable(cluster, name, "ledger");
            Project project = cluster.project(name)
                    .withReadOnlyUser(name + "_u", PASSWORD)
                    .create();
            nodes.ask(nodes.embedded().coordinator(), name, "grant update on ledger to public");

            assertThat(TestCluster.besidesTrust(project.verify()).findings())
                    .extracting(Finding::what)
                    .anySatisfy(what -> assertThat(what)
                            .contains("more than the level allows: UPDATE")
                            .contains(name + "_u"));
        }
    }

    @Test
    void removed_user_leaves_its_objects_in_the_project() throws SQLException {
        String name = TestCluster.unique("leaving");
        try (CitusCluster cluster = nodes.connect()) {
            withTable(cluster, name, "kept");
            cluster.project(name).withReadWriteUser(name + "_u", PASSWORD).create();
            nodes.ask(nodes.embedded().coordinator(), name, "alter table kept owner to \"" + name + "_u\"");

            Project project = cluster.project(name).withoutUser(name + "_u").create();

            assertThat(project.users()).doesNotContain(name + "_u");
            assertThat(tryAs(name + "_u", name, "select 1")).isEqualTo("42501");
            assertThat(nodes.ask(
                            nodes.embedded().coordinator(),
                            name,
                            "select tableowner from pg_tables where tablename = 'kept'"))
                    .containsExactly(name + "_o");
            assertThat(TestCluster.besidesTrust(project.verify()).findings()).isEmpty();
        }
    }

    @Test
    void create_refuses_to_remove_or_downgrade_the_owner() {
        String name = TestCluster.unique("owner_stays");
        try (CitusCluster cluster = nodes.connect()) {
            cluster.project(name).withUser(name + "_o", PASSWORD).create();

            assertThatThrownBy(
                            () -> cluster.project(name).withoutUser(name + "_o").create())
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("owns the project");
            assertThatThrownBy(() -> cluster.project(name)
                            .withReadOnlyUser(name + "_o", PASSWORD)
                            .create())
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("owns the project");
            assertThatThrownBy(() -> cluster.users().drop(name + "_o"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("owns " + name);
        }
    }

    @Test
    void shared_user_has_a_level_in_each_project_and_is_dropped_from_all() throws SQLException {
        String first = TestCluster.unique("shared");
        String second = TestCluster.unique("shared");
        String user = first + "_shared";
        try (CitusCluster cluster = nodes.connect()) {
            withTable(cluster, first, "one");
            withTable(cluster, second, "two");
            cluster.project(first).withReadWriteUser(user, PASSWORD).create();
            cluster.project(second)
                    .withUser(user, AccessLevel.READ_ONLY, options -> options)
                    .create();

            assertThat(tryAs(user, first, "insert into one values (1, 'a')")).isEqualTo("done");
            assertThat(tryAs(user, second, "insert into two values (1, 'a')")).isEqualTo("42501");
            assertThat(tryAs(user, second, "select count(*) from two")).isEqualTo("done");
            assertThatThrownBy(() -> cluster.project(second)
                            .withReadOnlyUser(user, Secret.of("another"))
                            .create())
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("also in " + first);

            cluster.users().drop(user);

            for (EmbeddedNode node : nodes.embedded().nodes()) {
                assertThatNode(nodes, node).hasNoRole(user);
            }
            assertThat(TestCluster.besidesTrust(cluster.getProject(first).verify())
                            .findings())
                    .isEmpty();
            assertThat(cluster.getProject(second).users()).doesNotContain(user);
        }
    }

    @Test
    void limits_of_users_are_set_in_the_project_on_every_node() throws SQLException {
        String name = TestCluster.unique("limits");
        Instant until = Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.MICROS);
        try (CitusCluster cluster = nodes.connect()) {
            ProjectRequest request = cluster.project(name)
                    .withUser(name + "_o", PASSWORD)
                    .withReadOnlyUser(name + "_u", PASSWORD, options -> options.statementTimeout(Duration.ofSeconds(7))
                            .lockTimeout(Duration.ofMillis(1500))
                            .idleInTransactionTimeout(Duration.ofMinutes(1))
                            .setting("search_path", "public, pg_catalog")
                            .connectionLimit(50)
                            .validUntil(until));
            request.create();

            for (EmbeddedNode node : nodes.embedded().nodes()) {
                assertThat(
                                nodes.ask(
                                        node,
                                        name,
                                        name + "_u",
                                        PASSWORD.reveal(),
                                        "select current_setting('statement_timeout'), current_setting('lock_timeout'), "
                                                + "current_setting('idle_in_transaction_session_timeout'), current_setting('search_path')"))
                        .containsExactly("7s|1500ms|1min|public, pg_catalog");
                assertThat(nodes.ask(
                                node,
                                "postgres",
                                bind(
                                        "select rolconnlimit, rolvaliduntil = ? from pg_roles where rolname = ?",
                                        until,
                                        name + "_u")))
                        .containsExactly("50|t");
                assertThat(nodes.ask(
                                node,
                                name,
                                name + "_o",
                                PASSWORD.reveal(),
                                "select current_setting('statement_timeout')"))
                        .containsExactly("0");
            }
            assertThat(request.plan().steps()).isEmpty();
        }
    }

    @Test
    void create_refuses_an_existing_role_with_dangerous_attributes() throws SQLException {
        String name = TestCluster.unique("powerful");
        nodes.ask(
                nodes.embedded().coordinator(), "postgres", "create role " + name + "_u with login createdb bypassrls");
        try (CitusCluster cluster = nodes.connect()) {
            assertThatThrownBy(() -> cluster.project(name)
                            .withUser(name + "_u", PASSWORD)
                            .create())
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("CREATEDB, BYPASSRLS");
            assertThat(cluster.projects()).noneMatch(project -> project.name().equals(name));
        }
    }

    private Project withTable(CitusCluster cluster, String name, String table) throws SQLException {
        Project project = cluster.project(name).withUser(name + "_o", PASSWORD).create();
        nodes.ask(
                nodes.embedded().coordinator(),
                name,
                name + "_o",
                PASSWORD.reveal(),
                "create table " + table + " (id bigint, value text)");
        project.tables().distribute(table, "id", options -> options.shardCount(4));
        return project;
    }

    /** {@code done}, or the error's code. */
    private String tryAs(String user, String database, String sql) throws SQLException {
        try {
            List<String> rows = nodes.ask(nodes.embedded().coordinator(), database, user, PASSWORD.reveal(), sql);
            assertThat(rows).isNotNull();
            return "done";
        } catch (SQLException refused) {
            return refused.getSQLState();
        }
    }
}
