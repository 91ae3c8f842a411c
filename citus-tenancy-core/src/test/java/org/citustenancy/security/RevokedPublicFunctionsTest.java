package org.citustenancy.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.citustenancy.testing.NodesAssert.assertThatCoordinator;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.citustenancy.users.TableGrant;
import org.citustenancy.users.TablePrivilege;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** What users do as before where PUBLIC has lost the functions of the nodes and of large objects. */
@Tag("asks-for-passwords")
@RequiresCluster
class RevokedPublicFunctionsTest {

    private static final Secret PASSWORD = Secret.of("work-Password");

    /** As an owner works, migrations and dropping included. */
    private static final List<String> BY_THE_OWNER = List.of(
            "create type mood as enum ('sad', 'ok')",
            "create sequence numbers",
            "create table account (id bigint primary key, name text, m mood default 'ok', n bigint default nextval('numbers'))",
            "insert into account select i, 'n' || i from generate_series(1, 50) i",
            "select create_distributed_table('account', 'id', shard_count => 4)",
            "create table entry (account_id bigint, at timestamptz default now(), amount numeric)",
            "select create_distributed_table('entry', 'account_id', colocate_with => 'account')",
            "alter table entry add constraint to_account foreign key (account_id) references account",
            "insert into entry (account_id, amount) select id, id from account",
            "create table currency (code text primary key)",
            "select create_reference_table('currency')",
            "alter table entry add column currency text references currency",
            "create index on entry (at)",
            "create view names as select id, name from account",
            "create function twice(a bigint) returns bigint language sql immutable as 'select a * 2'",
            "select create_distributed_function('twice(bigint)', 'a', colocate_with => 'account')",
            "create schema tenant",
            "create table tenant.doc (id int primary key, body text)",
            "select citus_schema_distribute('tenant')",
            "insert into tenant.doc values (1, 'a')",
            "select citus_schema_undistribute('tenant')",
            "set citus.enable_schema_based_sharding = on",
            "create schema born_distributed",
            "create table born_distributed.t (id int)",
            "drop schema born_distributed cascade",
            "set citus.enable_schema_based_sharding = off",
            "create table parts (at date, id bigint) partition by range (at)",
            "create table parts_1 partition of parts for values from ('2026-01-01') to ('2027-01-01')",
            "select create_distributed_table('parts', 'id', colocate_with => 'none', shard_count => 2)",
            "create table parts_2 partition of parts for values from ('2027-01-01') to ('2028-01-01')",
            "drop table parts_1",
            "select alter_distributed_table('parts', shard_count => 3)",
            "create table alone (id bigint, v text)",
            "select create_distributed_table('alone', 'id', colocate_with => 'none', shard_count => 2)",
            "insert into alone select i, 'v' from generate_series(1, 20) i",
            "select isolate_tenant_to_new_shard('alone', 5, shard_transfer_mode => 'block_writes')",
            "select undistribute_table('alone')",
            "alter table account rename column name to title",
            "alter table account rename to customer",
            "select citus_add_local_table_to_metadata('alone')",
            "vacuum analyze customer",
            "truncate entry",
            "drop function twice(bigint)",
            "drop view names",
            "drop table alone",
            "drop schema tenant cascade");

    private static final List<String> BY_A_READ_WRITE_USER = List.of(
            "insert into target select id, id, 'w' from source",
            "insert into target (id, other, v) select other, id, v from source where id <= 10",
            "update target set v = 'x' where id = 3",
            "update target set v = 'y'",
            "delete from target where id = 4",
            "with moved as (delete from source where id = 5 returning *) insert into target select id, other, v from moved",
            "with few as materialized (select other from source order by id limit 10) select count(*) from target "
                    + "where id in (select other from few)",
            "set citus.enable_repartition_joins = on",
            "select count(*) from source s join target t on s.other = t.other",
            "insert into source select i, i, 'z' from generate_series(1000, 1100) i on conflict do nothing",
            "begin; insert into source values (2000, 1, 'p'); insert into target values (2001, 1, 'p'); commit",
            "select nextval('used_by_all')");

    private static final List<String> BY_A_READER = List.of(
            "select count(*) from source",
            "set citus.enable_repartition_joins = on",
            "select count(*) from source s join target t on s.other = t.other",
            "with few as materialized (select other from source order by id limit 10) select count(*) from target "
                    + "where id in (select other from few)",
            "select * from citus_lock_waits",
            "select count(*) from citus_stat_activity",
            "select count(*) from citus_dist_stat_activity",
            "select count(*) from citus_locks",
            "select count(*) from citus_tables",
            "select success from run_command_on_workers('select 1')");

    private final TestCluster nodes;

    RevokedPublicFunctionsTest(TestCluster nodes) {
        this.nodes = nodes;
    }

    @Test
    void owner_migrates_and_distributes() throws SQLException {
        String name = TestCluster.unique("work_owner");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = create(cluster, name);
            try (Connection owner = connect(nodes.embedded().coordinator(), name, "o")) {
                for (String statement : BY_THE_OWNER) {
                    run(owner, statement);
                }
            }
            project.repair();
            assertThat(project.verify().findings()).isEmpty();
            project.drop();
        }
    }

    @Test
    @Tag("long")
    void users_read_and_write_through_every_node() throws SQLException, IOException {
        String name = TestCluster.unique("work_users");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = create(cluster, name);
            for (EmbeddedNode node : nodes.embedded().nodes()) {
                try (Connection writer = connect(node, name, "rw")) {
                    for (String statement : BY_A_READ_WRITE_USER) {
                        run(writer, statement);
                    }
                    writer.unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn(
                                    "copy source from stdin with (format csv)",
                                    new StringReader("5000,1,a\n5001,2,b\n"));
                    run(writer, "delete from source where id >= 1000");
                }
                try (Connection reader = connect(node, name, "ro")) {
                    for (String statement : BY_A_READER) {
                        run(reader, statement);
                    }
                }
                try (Connection chosen = connect(node, name, "t")) {
                    TestCluster.ask(chosen, "truncate emptied");
                }
            }
            project.drop();
        }
    }

    @Test
    void writers_use_large_objects_and_readers_read_granted_ones() throws SQLException {
        String name = TestCluster.unique("work_large");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = create(cluster, name);
            EmbeddedNode coordinator = nodes.embedded().coordinator();
            long oid;
            try (Connection writer = connect(coordinator, name, "rw")) {
                oid = write(writer);
                TestCluster.ask(writer, "grant select on large object " + oid + " to \"" + name + "_ro\"");
            }
            try (Connection reader = connect(coordinator, name, "ro")) {
                reader.setAutoCommit(false);
                LargeObjectManager objects = reader.unwrap(PGConnection.class).getLargeObjectAPI();
                LargeObject object = objects.open(oid, LargeObjectManager.READ);
                assertThat(new String(object.read(100), StandardCharsets.UTF_8)).isEqualTo("large");
                object.close();
                reader.commit();
            }
            try (Connection owner = connect(coordinator, name, "o")) {
                assertThat(write(owner)).isPositive();
                TestCluster.ask(
                        owner,
                        "select lo_unlink(oid) from pg_largeobject_metadata where lomowner = current_user::regrole");
            }

            cluster.project(name).withReadOnlyUser(name + "_rw", PASSWORD).create();

            for (EmbeddedNode node : nodes.embedded().nodes()) {
                Intruder lowered = new Intruder(name + "_rw", PASSWORD.reveal());
                assertThat(lowered.tries(node, name, "select lo_create(0)")).isEqualTo(Intruder.REFUSED);
            }
            assertThat(project.verify().findings()).isEmpty();
            project.drop();
            assertThatCoordinator(nodes).hasNoRoleStartingWith(name);
        }
    }

    /** As JPA providers store what is annotated as {@code @Lob}. */
    private static long write(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        LargeObjectManager objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
        long oid = objects.createLO(LargeObjectManager.READWRITE);
        LargeObject object = objects.open(oid, LargeObjectManager.READWRITE);
        object.write("large object".getBytes(StandardCharsets.UTF_8));
        object.truncate(5);
        object.close();
        try (PreparedStatement read = connection.prepareStatement("select convert_from(lo_get(?), 'UTF8')")) {
            read.setLong(1, oid);
            try (ResultSet row = read.executeQuery()) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("large");
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
        return oid;
    }

    private Project create(CitusCluster cluster, String name) throws SQLException {
        cluster.project(name).withUser(name + "_o", PASSWORD).create();
        try (Connection owner = connect(nodes.embedded().coordinator(), name, "o")) {
            for (String statement : List.of(
                    "create table source (id bigint primary key, other bigint, v text)",
                    "select create_distributed_table('source', 'id', shard_count => 4)",
                    "insert into source select i, i % 7, 'v' from generate_series(1, 100) i",
                    "create table target (id bigint, other bigint, v text)",
                    "select create_distributed_table('target', 'other', colocate_with => 'none', shard_count => 3)",
                    "create sequence used_by_all",
                    "create table emptied (id bigint, n bigint default nextval('used_by_all'))",
                    "select create_distributed_table('emptied', 'id')")) {
                TestCluster.ask(owner, statement);
            }
        }
        return cluster.project(name)
                .withReadWriteUser(name + "_rw", PASSWORD)
                .withReadOnlyUser(name + "_ro", PASSWORD)
                .withTableUser(
                        name + "_t",
                        PASSWORD,
                        options -> options.table(
                                TableGrant.on("emptied").privileges(TablePrivilege.SELECT, TablePrivilege.TRUNCATE)))
                .create();
    }

    private static void run(Connection connection, String statement) {
        assertThatCode(() -> TestCluster.ask(connection, statement))
                .as(statement)
                .doesNotThrowAnyException();
    }

    private static Connection connect(EmbeddedNode node, String project, String which) throws SQLException {
        return DriverManager.getConnection(node.jdbcUrl(project), project + "_" + which, PASSWORD.reveal());
    }
}
