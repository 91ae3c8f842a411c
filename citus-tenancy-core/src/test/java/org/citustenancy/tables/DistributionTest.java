package org.citustenancy.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.ProjectTables;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** How tables and schemas come to lie on the nodes, and back; one project, with tables of its own for each test. */
@Tag("once")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class DistributionTest {

    private static final String PASSWORD = "owners-Password";

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private final Project project;
    private final ProjectTables tables;
    private final ProjectTables ownersTables;

    DistributionTest(TestCluster nodes) {
        this.nodes = nodes;
        this.cluster = nodes.connect();
        String name = TestCluster.unique("tables");
        this.project = cluster.project(name)
                .withUser(name + "_user", Secret.of(PASSWORD))
                .create();
        ConnectionInfo owner = project.connection(name + "_user");
        this.tables = project.tables();
        this.ownersTables = project.tables(owner);
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    private List<String> asOwner(String sql) throws SQLException {
        return nodes.ask(nodes.embedded().coordinator(), project.name(), project.name() + "_user", PASSWORD, sql);
    }

    private TableInfo info(String table) {
        TableName name = TableName.of(table);
        return tables.list().stream()
                .filter(info -> info.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void distribute_moves_rows_to_both_workers_and_undistribute_moves_them_back() throws SQLException {
        asOwner("create table users (id bigint primary key); insert into users select generate_series(1, 200)");
        assertThat(info("users").kind()).isEqualTo(TableKind.LOCAL);

        TableChange change = ownersTables.distribute("users", "id");

        assertThat(change.changed()).isTrue();
        assertThat(change.explanation()).isEqualTo("users is now distributed by \"id\"");
        assertThat(info("users").kind()).isEqualTo(TableKind.DISTRIBUTED);
        assertThat(info("users").distributionColumn()).contains("id");
        assertThat(info("users").shards()).hasValue(32);
        assertThat(asOwner("select count(*) from users")).containsExactly("200");
        assertThat(
                        asOwner(
                                "select nodeport, count(*) from citus_shards where table_name = 'users'::regclass group by 1 order by 1"))
                .containsExactlyInAnyOrderElementsOf(nodes.embedded().workers().stream()
                        .map(worker -> worker.port() + "|16")
                        .toList());

        TableChange again = tables.distribute("users", "id");

        assertThat(again.changed()).isFalse();
        assertThat(again.explanation()).contains("distributed by \"id\" in 32 shards already");

        assertThat(ownersTables.undistribute("users").changed()).isTrue();
        assertThat(ownersTables.undistribute("users").changed()).isFalse();
        assertThat(info("users").kind()).isEqualTo(TableKind.LOCAL);
        assertThat(asOwner("select count(*) from users")).containsExactly("200");
    }

    @Test
    void distribute_colocates_tables_as_requested() throws SQLException {
        asOwner("create table c_a (id bigint); create table c_b (a_id bigint); create table c_c (id bigint)");
        tables.distribute("c_a", "id", options -> options.notColocated().shardCount(6));

        tables.distribute("c_b", "a_id", options -> options.colocatedWith("c_a"));
        tables.distribute("c_c", "id", options -> options.notColocated().shardCount(6));

        assertThat(info("c_a").shards()).hasValue(6);
        assertThat(info("c_b").colocation()).isEqualTo(info("c_a").colocation());
        assertThat(info("c_c").colocation()).isNotEqualTo(info("c_a").colocation());
        assertThat(tables.distribute("c_b", "a_id", options -> options.colocatedWith("c_a"))
                        .changed())
                .isFalse();
        assertThat(tables.distribute("c_b", "a_id", options -> options.shardCount(6))
                        .changed())
                .isFalse();
        assertThat(tables.distribute("c_c", "id", options -> options.notColocated())
                        .changed())
                .isFalse();
        assertThatThrownBy(() -> tables.distribute("c_c", "id", options -> options.colocatedWith("c_a")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("c_c")
                .hasMessageContaining("not colocated with c_a")
                .hasMessageContaining("undistribute it first");
        assertThatThrownBy(() -> tables.distribute("c_b", "a_id", options -> options.notColocated()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("c_b")
                .hasMessageContaining("c_a");
        assertThatThrownBy(() -> tables.distribute("c_b", "a_id", options -> options.shardCount(7)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("in 6 shards")
                .hasMessageContaining("in 7 shards");
    }

    @Test
    void distribute_refuses_a_table_with_another_distribution() throws SQLException {
        asOwner("create table o_t (id bigint, other bigint); create table o_r (id bigint)");
        tables.distribute("o_t", "id");
        tables.reference("o_r");

        assertThatThrownBy(() -> tables.distribute("o_t", "other"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("distributed by \"id\"")
                .hasMessageContaining("distributed by \"other\"");
        assertThatThrownBy(() -> tables.reference("o_t"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("The table o_t is distributed by \"id\"")
                .hasMessageContaining("a reference table");
        assertThatThrownBy(() -> tables.distribute("o_r", "id"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("The table o_r is a reference table");
        assertThat(info("o_t").distributionColumn()).contains("id");
        assertThat(info("o_r").kind()).isEqualTo(TableKind.REFERENCE);
    }

    @Test
    void reference_copies_a_table_to_every_node() throws SQLException {
        asOwner("create table products (id bigint primary key); insert into products select generate_series(1, 7)");

        assertThat(ownersTables.reference("products").changed()).isTrue();

        assertThat(tables.reference("products").changed()).isFalse();
        assertThat(info("products").distributionColumn()).isEqualTo(Optional.empty());
        assertThat(nodes.askAll(project.name(), "select count(*) from products"))
                .containsExactly("7");
        assertThat(ownersTables.undistribute("products").changed()).isTrue();
        assertThat(info("products").kind()).isEqualTo(TableKind.LOCAL);
        assertThat(asOwner("select count(*) from products")).containsExactly("7");
    }

    @Test
    void distribute_schema_places_its_tables_on_one_node() throws SQLException {
        nodes.ask(project.name(), "create schema \"Tenant 1\" authorization " + project.name() + "_user");
        asOwner("create table \"Tenant 1\".items (id bigint); insert into \"Tenant 1\".items values (1), (2)");

        assertThat(ownersTables.distributeSchema("Tenant 1").changed()).isTrue();

        assertThat(tables.distributeSchema("Tenant 1").changed()).isFalse();
        assertThat(info("Tenant 1.items").kind()).isEqualTo(TableKind.SCHEMA);
        assertThat(info("Tenant 1.items").shards()).hasValue(1);
        assertThatThrownBy(() -> tables.undistribute("Tenant 1.items"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("part of a distributed schema");
        assertThatThrownBy(() -> tables.distribute("Tenant 1.items", "id"))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("part of a distributed schema");
        assertThat(ownersTables.undistributeSchema("Tenant 1").changed()).isTrue();
        assertThat(tables.undistributeSchema("Tenant 1").changed()).isFalse();
        assertThat(info("Tenant 1.items").kind()).isEqualTo(TableKind.LOCAL);
        assertThat(asOwner("select count(*) from \"Tenant 1\".items")).containsExactly("2");
    }

    @Test
    void distribute_names_missing_tables_and_columns_with_the_existing_ones() throws SQLException {
        asOwner("create table known (id bigint, \"Other One\" int)");

        assertThatThrownBy(() -> tables.distribute("unknown", "id"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("There is no table \"unknown\" in the schema \"public\"")
                .hasMessageContaining("known");
        assertThatThrownBy(() -> tables.distribute("known", "idd"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("The table known has no column \"idd\"")
                .hasMessageContaining("id, Other One");
        assertThatThrownBy(() -> tables.distribute("known", "id", options -> options.colocatedWith("unknown")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("\"unknown\"");
        assertThatThrownBy(() -> tables.reference("nowhere.known"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("\"nowhere\"");
        assertThatThrownBy(() -> tables.distributeSchema("nowhere"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("There is no schema \"nowhere\"");
        assertThat(info("known").kind()).isEqualTo(TableKind.LOCAL);
    }

    @Test
    void distribute_runs_in_the_transaction_of_a_given_connection() throws SQLException {
        try (Connection connection = ownersConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            ProjectTables given = ProjectTables.over(connection);
            statement.execute("create table g_kinds (id bigint primary key)");
            statement.execute("create table g_users (id bigint primary key, kind bigint)");
            statement.execute("insert into g_users select generate_series(1, 100)");
            assertThat(given.distribute("g_users", "id").changed()).isTrue();
            statement.execute("select count(*) from g_users");
            assertThat(given.reference("g_kinds").changed()).isTrue();
            statement.execute("alter table g_users add foreign key (kind) references g_kinds");
            statement.execute("create type g_mood as enum ('glad')");
            statement.execute("alter table g_users add column mood g_mood");
            assertThat(given.distribute("g_users", "id").changed()).isFalse();
            assertThat(given.shardsPerNode()).hasSize(3);
            connection.rollback();
            assertThatThrownBy(() -> given.distribute("g_users", "id")).isInstanceOf(NotFoundException.class);

            connection.rollback();
            statement.execute("create table g_users (id bigint primary key)");
            given.distribute("g_users", "id");
            connection.commit();
            assertThat(connection.isClosed()).isFalse();
        }
        assertThat(info("g_users").kind()).isEqualTo(TableKind.DISTRIBUTED);
        try (Connection connection = ownersConnection()) {
            assertThat(ProjectTables.over(connection).undistribute("g_users").changed())
                    .isTrue();
        }
        assertThat(info("g_users").kind()).isEqualTo(TableKind.LOCAL);
    }

    @Test
    void distribute_refuses_a_given_connection_to_a_database_without_citus() throws SQLException {
        String stranger = TestCluster.unique("stranger");
        nodes.ask("postgres", "create database " + TestCluster.identifier(stranger));
        try (Connection connection = nodes.open(nodes.embedded().coordinator(), stranger);
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (id bigint)");
            assertThatThrownBy(() -> ProjectTables.over(connection).distribute("t", "id"))
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("the database of this connection has not");
        } finally {
            nodes.discard(List.of(stranger));
        }
    }

    private Connection ownersConnection() throws SQLException {
        ConnectionInfo owner = project.connection(project.name() + "_user");
        return DriverManager.getConnection(owner.jdbcUrl(), owner.user(), PASSWORD);
    }

    @Test
    void distribution_refuses_contradictory_options() {
        assertThatThrownBy(() -> Distribution.STANDARD.colocatedWith("users").shardCount(4))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("colocated with users")
                .hasMessageContaining("4 shards");
        assertThatThrownBy(() -> Distribution.STANDARD.notColocated().colocatedWith("users"))
                .isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> Distribution.STANDARD.shardCount(0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("0 shards");
        assertThatThrownBy(() -> tables.distribute("a.b.c", "id"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("\"a.b.c\" is not the name of a table");
    }

    @Test
    void distribute_keeps_the_case_of_names() throws SQLException {
        asOwner("create table \"Odd \"\"one.two\" (\"The Key\" bigint)");

        assertThat(ownersTables.distribute("\"Odd \"\"one.two\"", "The Key").changed())
                .isTrue();

        assertThat(info("\"Odd \"\"one.two\"").distributionColumn()).contains("The Key");
        assertThatThrownBy(() -> tables.distribute("KNOWN_IN_UPPER_CASE", "id")).isInstanceOf(NotFoundException.class);
    }

    @Test
    void distribute_reports_the_reason_of_the_server() throws SQLException {
        asOwner("create table noted (note json)");

        assertThatThrownBy(() -> ownersTables.distribute("noted", "note"))
                .isInstanceOf(StepFailedException.class)
                .hasMessageContaining("distribute noted by \"note\"")
                .hasMessageContaining("no default operator class")
                .hasMessageContaining("nothing was changed");
        assertThat(info("noted").kind()).isEqualTo(TableKind.LOCAL);
    }

    @Test
    void distribute_names_keys_without_the_column_and_their_replacement() throws SQLException {
        asOwner("create table keyed (id bigint primary key, \"Other\" bigint, code text unique)");

        for (ProjectTables way : List.of(ownersTables, tables)) {
            assertThatThrownBy(() -> way.distribute("keyed", "Other"))
                    .isInstanceOf(StepFailedException.class)
                    .hasMessageContaining("its primary key keyed_pkey (id)")
                    .hasMessageContaining("its unique key keyed_code_key (code)")
                    .hasMessageContaining("ALTER TABLE \"public\".\"keyed\" DROP CONSTRAINT \"keyed_pkey\", "
                            + "ADD PRIMARY KEY (\"Other\", id)")
                    .hasMessageContaining("UNIQUE (\"Other\", code)")
                    .hasMessageContaining("nothing was changed");
        }
        assertThat(info("keyed").kind()).isEqualTo(TableKind.LOCAL);
        asOwner("alter table keyed drop constraint keyed_pkey, add primary key (\"Other\", id)");
        asOwner("alter table keyed drop constraint keyed_code_key, add unique (\"Other\", code)");
        assertThat(ownersTables.distribute("keyed", "Other").changed()).isTrue();
    }
}
