package org.citustenancy.backup.dumped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.ProgramException;
import org.citustenancy.internal.backup.store.ChildProcess;
import org.citustenancy.internal.backup.store.ProgramFinder;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code pg_dump} made of local tables comes back distributed. */
@Tag("long")
@Tag("once")
@RequiresCluster
class DumpedProjectTest {

    private static final Secret PASSWORD = Secret.of("dumped-Password");

    @TempDir
    private Path home;

    private static void dump(TestCluster nodes, String database, String format, Path file) {
        Path program = new ProgramFinder(Optional.empty(), Deadline.in(Duration.ofMinutes(1)))
                .find("pg_dump", 15)
                .file();
        new ChildProcess(
                        List.of(program.toString(), "--format=" + format, "--file=" + file),
                        Map.of(
                                "PGHOST", "127.0.0.1",
                                "PGPORT",
                                        String.valueOf(
                                                nodes.embedded().coordinator().port()),
                                "PGDATABASE", database,
                                "PGUSER", nodes.embedded().adminUser(),
                                "PGPASSWORD", nodes.embedded().adminPassword()))
                .run(Deadline.in(Duration.ofMinutes(2)));
    }

    @Test
    void restore_of_a_dump_distributes_tables_as_the_caller_says(TestCluster nodes) throws SQLException {
        String name = TestCluster.unique("dumped");
        String owner = name + "_owner";
        try (CitusCluster cluster = nodes.connect()) {
            Project source = cluster.project(name).withUser(name + "_user").create();
            nodes.ask(
                    name,
                    "create schema tenant; create extension if not exists pg_trgm; "
                            + "create table users (id bigserial primary key, name text, at timestamptz default now()); "
                            + "create table \"Order s\" (user_id bigint references users, id bigint, primary key (user_id, id)); "
                            + "create table products (id int primary key, name text); "
                            + "create table notes (id serial primary key, v text); "
                            + "create table tenant.docs (id int primary key); "
                            + "create index on users using gin (name gin_trgm_ops); "
                            + "create view named as select name from users; "
                            + "insert into users (name) select 'u' || i from generate_series(1, 200) i; "
                            + "insert into \"Order s\" select 1 + i % 200, i from generate_series(1, 500) i; "
                            + "insert into products select i, 'p' || i from generate_series(1, 10) i; "
                            + "insert into notes (v) values ('a'); insert into tenant.docs values (1), (2)");
            Path custom = home.resolve("custom.dump");
            Path directory = home.resolve("directory");
            Path plain = home.resolve("plain.sql");
            dump(nodes, name, "custom", custom);
            dump(nodes, name, "directory", directory);
            dump(nodes, name, "plain", plain);
            String target = TestCluster.unique("from_dump");

            for (Path archive : List.of(custom, directory)) {
                // begin backups-dumped
                DumpedProject dump = DumpedProject.of(archive, owner) // custom, directory or tar
                        .distributed("users", "id", 6)
                        .distributed("Order s", "user_id", "users")
                        .reference("products")
                        .distributedSchema("tenant");
                Project restored = cluster.backups()
                        .restore(dump)
                        .as(target)
                        .withPassword(owner, PASSWORD)
                        .create();
                // end backups-dumped

                assertThat(TestCluster.besidesTrust(restored.verify()).findings())
                        .isEmpty();
                assertThat(nodes.ask(
                                target,
                                "select table_name, citus_table_type, distribution_column, shard_count, table_owner, "
                                        + "dense_rank() over (order by colocation_id) from citus_tables "
                                        + "order by table_name::text"))
                        .hasSize(4)
                        .anyMatch(row -> row.startsWith("\"Order s\"|distributed|user_id|6|" + owner))
                        .anyMatch(row -> row.startsWith("users|distributed|id|6|" + owner))
                        .anyMatch(row -> row.startsWith("products|reference|"))
                        .anyMatch(row -> row.startsWith("tenant.docs|schema|"));
                for (String question : List.of(
                        "select * from users order by id",
                        "select * from \"Order s\" order by 1, 2",
                        "select * from products order by 1",
                        "select * from notes",
                        "select * from tenant.docs order by 1",
                        "select count(*) from named",
                        "select last_value from users_id_seq",
                        "select indexdef from pg_indexes where tablename = 'users' order by 1")) {
                    assertThat(nodes.ask(target, question)).as(question).isEqualTo(nodes.ask(name, question));
                }
                assertThat(nodes.ask(
                                nodes.embedded().coordinator(),
                                target,
                                owner,
                                PASSWORD.reveal(),
                                "insert into users (name) values ('next') returning id"))
                        .containsExactly("201");
                restored.drop();
            }

            DumpedProject dump = DumpedProject.of(custom, owner);
            assertThatThrownBy(() -> cluster.backups().restore(dump).create())
                    .isInstanceOf(InvalidRequestException.class);
            assertThatThrownBy(() -> cluster.backups()
                            .restore(dump.reference("nothing"))
                            .as(target)
                            .create())
                    .isInstanceOf(NotFoundException.class)
                    .hasMessageContaining("nothing");
            assertThatThrownBy(() -> cluster.backups()
                            .restore(DumpedProject.of(plain, owner))
                            .as(target)
                            .create())
                    .isInstanceOf(ProgramException.class)
                    .hasMessageContaining("text format");
            assertThatThrownBy(() -> cluster.backups()
                            .restore(DumpedProject.of(home.resolve("gone"), owner))
                            .as(target)
                            .create())
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("not there");
            assertThat(cluster.projects()).noneMatch(known -> known.name().equals(target));
            source.drop();
        }
    }
}
