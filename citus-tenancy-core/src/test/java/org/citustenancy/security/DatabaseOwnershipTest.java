package org.citustenancy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.bind;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.plan.Severity;
import org.citustenancy.plan.Step;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A project's database belongs to the library, and its owner works in it as before. */
@Tag("asks-for-passwords")
@RequiresCluster(ofItsOwn = true)
@TestInstance(Lifecycle.PER_CLASS)
class DatabaseOwnershipTest {

    private static final String PASSWORD = "of the owner";

    private final TestCluster nodes;
    private final CitusCluster cluster;

    DatabaseOwnershipTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    @Test
    void owner_cannot_change_settings_of_the_database() throws SQLException {
        String name = TestCluster.unique("owned");
        String owner = name + "_user";
        cluster.project(name).withUser(owner, Secret.of(PASSWORD)).create();

        for (EmbeddedNode node : nodes.embedded().nodes()) {
            for (String attempt : List.of(
                    "alter database %s set search_path = evil, pg_catalog",
                    "alter database %s set standard_conforming_strings = off",
                    "alter database %s reset all",
                    "alter database %s with allow_connections = false",
                    "alter database %s connection limit 1",
                    "alter database %s owner to current_user",
                    "alter database %s rename to other",
                    "comment on database %s is 'mine'",
                    "drop schema public cascade",
                    "alter schema public owner to current_user",
                    "alter role citus_tenancy_owner login",
                    "grant citus_tenancy_owner to current_user",
                    "set role citus_tenancy_owner",
                    "set role pg_database_owner",
                    "drop extension citus cascade")) {
                assertThatThrownBy(() -> asOwner(node, name, attempt.formatted(name)))
                        .as("%s on %s", attempt, node)
                        .isInstanceOf(SQLException.class);
            }
            // Without a grant option this is a warning, and grants nothing.
            asOwner(node, name, "grant connect on database " + name + " to public");
            assertThat(nodes.ask(
                            node,
                            "postgres",
                            bind(
                                    "select has_database_privilege('public', datname, 'connect'), pg_get_userbyid(datdba) "
                                            + "from pg_database where datname = ?",
                                    name)))
                    .containsExactly("f|citus_tenancy_owner");
            assertThat(nodes.ask(
                            node,
                            "postgres",
                            "select rolcanlogin, rolsuper, rolcreatedb, rolcreaterole, rolpassword is null, "
                                    + "(select count(*) from pg_auth_members where roleid = a.oid) "
                                    + "from pg_authid a where rolname = 'citus_tenancy_owner'"))
                    .containsExactly("f|f|f|f|t|0");
        }
        assertThat(cluster.getProject(name).verify().findings()).isEmpty();
    }

    @Test
    @Tag("long")
    void owner_creates_distributes_and_grants() throws SQLException {
        String name = TestCluster.unique("works");
        String owner = name + "_user";
        cluster.project(name)
                .withUser(owner, Secret.of(PASSWORD))
                .withReadOnlyUser(name + "_reader", Secret.of("of the reader"))
                .create();

        for (String statement : List.of(
                "create table users (id bigint primary key, name text)",
                "select create_distributed_table('users', 'id')",
                "create table countries (code text primary key)",
                "select create_reference_table('countries')",
                "create schema \"Own Schema\"",
                "create table \"Own Schema\".things (id int primary key)",
                "create schema spread",
                "select citus_schema_distribute('spread')",
                "create table spread.tenant (id int primary key)",
                "create type mood as enum ('good', 'bad')",
                "create function twice(i int) returns int language sql immutable as 'select 2 * i'",
                "create view everything as select * from users",
                "create temporary table passing (i int)",
                "create extension hstore",
                "create publication changes for table users",
                "insert into users select i, 'name ' || i from generate_series(1, 100) as i",
                "grant select on \"Own Schema\".things to " + name + "_reader",
                "vacuum analyze users",
                "select undistribute_table('users')",
                "drop schema \"Own Schema\" cascade",
                "drop schema spread cascade")) {
            asOwner(nodes.embedded().coordinator(), name, statement);
        }
        cluster.getProject(name).repair();
        assertThat(cluster.getProject(name).verify().findings()).isEmpty();
    }

    @Test
    void project_of_an_earlier_version_is_converted_with_its_settings() throws SQLException {
        String name = TestCluster.unique("earlier");
        String owner = name + "_user";
        String reader = name + "_reader";
        Project project = cluster.project(name)
                .withUser(owner, Secret.of(PASSWORD))
                .withReadOnlyUser(reader, Secret.of("of the reader"))
                .setting("work_mem", "7MB")
                .create();
        asOwner(nodes.embedded().coordinator(), name, "create table kept (id int primary key)");
        project.tables().distribute("kept", "id");
        asOwner(nodes.embedded().coordinator(), name, "insert into kept select generate_series(1, 50)");
        makeEarlier(name, owner);
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            asOwner(node, name, "alter database " + name + " set search_path = app, public");
            nodes.ask(node, "postgres", "alter database " + name + " set my.tenant = 'x, ''y'''");
            nodes.ask(node, "postgres", "alter role " + reader + " in database " + name + " set search_path = mine");
        }

        assertThat(project.verify().findings())
                .extracting(finding -> finding.what())
                .anyMatch(what -> what.contains("take the database from \"" + owner + "\""))
                .anyMatch(what -> what.contains("keep the database's setting search_path for \"" + owner + "\""))
                .anyMatch(what -> what.contains("not looked at"));
        assertThatThrownBy(() -> project.statistics().figures())
                .isInstanceOf(CitusTenancyException.class)
                .hasMessageContaining("repair()");
        assertThat(project.planRepair().steps())
                .extracting(Step::description)
                .anyMatch(step -> step.contains("protect the admin's sessions"));

        project.repair();

        for (EmbeddedNode node : nodes.embedded().nodes()) {
            assertThat(nodes.ask(
                            node,
                            "postgres",
                            bind(
                                    "select pg_get_userbyid(datdba), s.setconfig from pg_database d "
                                            + "left join pg_db_role_setting s on s.setdatabase = d.oid and s.setrole = 0 "
                                            + "where datname = ?",
                                    name)))
                    .containsExactly("citus_tenancy_owner|{work_mem=7MB}");
            assertThat(asOwner(node, name, "select current_setting('search_path'), current_setting('my.tenant')"))
                    .containsExactly("app, public|x, 'y'");
            assertThat(nodes.ask(node, name, reader, "of the reader", "show search_path"))
                    .containsExactly("mine");
        }
        assertThat(project.planRepair().isEmpty()).isTrue();
        // The settings stay, and are reported as what users have beyond the request.
        assertThat(project.verify().findings()).isNotEmpty().allSatisfy(finding -> assertThat(finding.severity())
                .isEqualTo(Severity.WARNING));
        assertThat(asOwner(nodes.embedded().coordinator(), name, "select count(*) from public.kept"))
                .containsExactly("50");
        asOwner(nodes.embedded().coordinator(), name, "create table public.more (id int primary key)");
        project.tables().distribute("more", "id");
    }

    @Test
    void repair_takes_the_schema_public_from_the_owner() throws SQLException {
        String name = TestCluster.unique("remade");
        String owner = name + "_user";
        Project project =
                cluster.project(name).withUser(owner, Secret.of(PASSWORD)).create();
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(node, name, "set citus.enable_ddl_propagation = off; alter schema public owner to " + owner);
        }

        assertThat(project.verify().findings())
                .extracting(finding -> finding.what())
                .anyMatch(what -> what.contains("take the schema \"public\" from \"" + owner + "\""));
        project.repair();

        assertThatThrownBy(() -> asOwner(nodes.embedded().coordinator(), name, "drop schema public cascade"))
                .hasMessageContaining("must be owner");
        asOwner(nodes.embedded().coordinator(), name, "create table public.kept (id int primary key)");
        assertThat(project.verify().findings()).isEmpty();
    }

    @Test
    void repair_removes_members_of_the_role_of_the_library() throws SQLException {
        String name = TestCluster.unique("member");
        Project project = cluster.project(name)
                .withUser(name + "_user", Secret.of(PASSWORD))
                .create();
        EmbeddedNode worker = nodes.embedded().workers().get(0);
        try (Connection admin = nodes.open(worker, "postgres")) {
            TestCluster.ask(admin, "set citus.enable_ddl_propagation = off");
            TestCluster.ask(admin, "grant citus_tenancy_owner to " + name + "_user");
        }
        try {
            assertThat(project.verify().findings())
                    .extracting(finding -> finding.what())
                    .anyMatch(what -> what.contains("remove \"" + name + "_user\""));
        } finally {
            project.repair();
        }
        assertThat(nodes.ask(
                        worker,
                        "postgres",
                        "select count(*) from pg_auth_members where roleid = 'citus_tenancy_owner'::regrole"))
                .containsExactly("0");
    }

    /** As the version before left it: the owner owns the database, and the admin is not protected there. */
    private void makeEarlier(String name, String owner) throws SQLException {
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            nodes.ask(node, "postgres", "alter database " + name + " owner to " + owner);
            nodes.ask(node, "postgres", "alter role current_user in database " + name + " reset all");
        }
    }

    private List<String> asOwner(EmbeddedNode node, String database, String sql) throws SQLException {
        try (Connection connection =
                DriverManager.getConnection(node.jdbcUrl(database), database + "_user", PASSWORD)) {
            connection.createStatement().execute("set client_min_messages = error");
            if (!node.equals(nodes.embedded().coordinator())) {
                connection.createStatement().execute("set citus.enable_ddl_propagation = off");
            }
            return TestCluster.ask(connection, sql);
        }
    }
}
