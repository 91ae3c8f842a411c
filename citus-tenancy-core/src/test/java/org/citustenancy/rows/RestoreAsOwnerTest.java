package org.citustenancy.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.citustenancy.testing.TestCluster.bind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.backup.Backup;
import org.citustenancy.backup.dumped.DumpedProject;
import org.citustenancy.errors.ConflictException;
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

/** Backups, copies, exports and dumps contain code, and it runs with the rights of the new project's owner at most. */
@Tag("asks-for-passwords")
@RequiresCluster
class RestoreAsOwnerTest {

    private static final String PASSWORD = "owners-Password";

    @TempDir
    private Path directory;

    private static void run(
            TestCluster nodes, String program, String database, String user, String password, String... arguments) {
        Path file = new ProgramFinder(Optional.empty(), Deadline.in(Duration.ofMinutes(1)))
                .find(program, 15)
                .file();
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        new ChildProcess(
                        command,
                        Map.of(
                                "PGHOST", "127.0.0.1",
                                "PGPORT",
                                        String.valueOf(
                                                nodes.embedded().coordinator().port()),
                                "PGDATABASE", database,
                                "PGUSER", user,
                                "PGPASSWORD", password))
                .run(Deadline.in(Duration.ofMinutes(2)));
    }

    @Test
    void restore_runs_code_of_a_backup_as_the_owner(TestCluster nodes) throws SQLException {
        String name = TestCluster.unique("backed");
        String owner = name + "_owner";
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(owner, Secret.of(PASSWORD))
                    .withReadOnlyUser(name + "_reader", Secret.of(PASSWORD))
                    .create();
            Payload payload = new Payload(nodes, name, owner, PASSWORD);
            payload.plant();
            payload.asOwner("alter table goods enable row level security, force row level security");
            payload.asOwner("create policy few on goods using (id < 5)");
            payload.asOwner(
                    "create materialized view kept as select public.ran('materialized view', v) as r from parted");
            payload.asOwner("create function public.changed() returns trigger language plpgsql as "
                    + "$$ begin perform public.note('trigger'); return new; end $$");
            payload.asOwner(
                    "create trigger changed before insert on parted_one for each row execute function public.changed()");
            project.tables().distribute("goods", "id", options -> options.shardCount(4));
            payload.assertHarmless("what comes before");
            // What is noted meanwhile would be more rows than the backup has; superusers are seen without notes.
            payload.takeNoNotes();
            Backup backup = project.backup(directory.resolve("backup"));
            payload.assertHarmless("backup");

            String copy = TestCluster.unique("restored");
            Project restored =
                    cluster.backups().restore(backup.directory()).as(copy).create();

            Payload there = new Payload(nodes, copy, owner, PASSWORD);
            there.assertHarmless("restore");
            assertThat(nodes.ask(copy, "select count(*) from goods")).containsExactly("20");
            assertThat(nodes.ask(
                            copy,
                            "select distinct pg_get_userbyid(relowner) from pg_class c join pg_namespace n "
                                    + "on n.oid = relnamespace where nspname = 'public' and relname not like 'citus%'"))
                    .containsExactly(owner);
            assertThat(restored.verify().findings()).isEmpty();

            Path file = directory.resolve("project.sql");
            project.exportSql(file);
            payload.assertHarmless("export");
            assertThatThrownBy(() -> run(
                            nodes,
                            "psql",
                            copy,
                            nodes.embedded().adminUser(),
                            nodes.embedded().adminPassword(),
                            "--no-psqlrc",
                            "--file=" + file))
                    .isInstanceOf(ProgramException.class)
                    .hasMessageContaining("not as a superuser");
            there.assertHarmless("an export that a superuser feeds");
        }
    }

    @Test
    @Tag("long")
    void restore_of_a_hostile_dump_runs_with_the_privileges_of_the_owner(TestCluster nodes)
            throws SQLException, IOException {
        String name = TestCluster.unique("hostile");
        String owner = name + "_owner";
        String padding = "x".repeat(200);
        try (CitusCluster cluster = nodes.connect()) {
            cluster.project(name).withUser(owner, Secret.of(PASSWORD)).create();
            Payload payload = new Payload(nodes, name, owner, PASSWORD);
            payload.plant();
            payload.asOwner("create table commented (id int)");
            payload.asOwner(bind("comment on table commented is ?", padding));
            Path archive = directory.resolve("hostile.dump");
            run(
                    nodes,
                    "pg_dump",
                    name,
                    nodes.embedded().adminUser(),
                    nodes.embedded().adminPassword(),
                    "--format=custom",
                    "--file=" + archive);
            String attack = "x'; RESET ROLE; ALTER ROLE " + owner + " SUPERUSER; --";
            String bytes = Files.readString(archive, StandardCharsets.ISO_8859_1);
            assertThat(bytes).contains(padding);
            Files.writeString(
                    archive,
                    bytes.replace(padding, attack + " ".repeat(padding.length() - attack.length())),
                    StandardCharsets.ISO_8859_1);

            String target = TestCluster.unique("taken");
            assertThatThrownBy(() -> cluster.backups()
                            .restore(DumpedProject.of(archive, owner).distributed("goods", "id", 4))
                            .as(target)
                            .create())
                    .isInstanceOf(ProgramException.class)
                    .hasMessageContaining("ALTER ROLE");
            payload.assertHarmless("a hostile dump");
        }
    }

    @Test
    void restore_names_objects_that_require_a_superuser(TestCluster nodes) throws SQLException {
        String name = TestCluster.unique("superior");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name).withUser(name + "_owner").create();
            nodes.ask(name, "create function public.stop() returns event_trigger language plpgsql as $$ begin end $$");
            nodes.ask(name, "create event trigger stopped on ddl_command_end execute function public.stop()");
            Backup backup = project.backup(directory.resolve("superior"));

            assertThatThrownBy(() -> cluster.backups()
                            .restore(backup.directory())
                            .as(TestCluster.unique("inferior"))
                            .create())
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining("EVENT TRIGGER")
                    .hasMessageContaining("stopped");
            project.drop();
        }
    }
}
