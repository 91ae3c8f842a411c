package org.citustenancy.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.BackupException;
import org.citustenancy.internal.backup.store.ChildProcess;
import org.citustenancy.internal.backup.store.ProgramFinder;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.progress.Progress;
import org.citustenancy.testing.EveryKind;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A project with something of every kind is the same after it was backed up and restored. */
@Tag("once")
@RequiresCluster
class BackupRoundTripTest {

    @TempDir
    private Path directory;

    @Test
    void restored_project_equals_its_original(TestCluster nodes) throws SQLException, IOException {
        String name = TestCluster.unique("everything");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name)
                    .withUser(name + "_user", Secret.of("owners-Password"))
                    .withReadOnlyUser(name + "_reader", Secret.of("readers-Password"))
                    .withTableUser(name + "_table", Secret.of("tables-Password"), "note")
                    .setting("work_mem", "5MB")
                    .create();
            EveryKind.makeIn(nodes, name, name + "_user");
            project.repair();

            List<Progress> reports = new ArrayList<>();
            Backup backup = project.backup(directory.resolve("backup"), options -> options.onProgress(reports::add));
            assertThatOnlyTheOwnerReads(backup.directory());
            String copy = TestCluster.unique(name);
            Project restored =
                    cluster.backups().restore(backup.directory()).as(copy).create();

            assertThat(restored.users()).containsExactlyElementsOf(project.users());
            assertThat(TestCluster.besidesTrust(restored.verify()).findings()).isEmpty();
            EveryKind.assertSame(nodes, name, copy);
            assertThat(nodes.ask(copy, "show work_mem")).containsExactly("5MB");
            assertThatItIsTheSameFromSql(nodes, cluster, project);
            // The next values, the trigger, and a user's rights.
            String insert = "insert into customer (name, ref_id) values ('next', 1) returning id, name";
            assertThat(nodes.ask(copy, insert))
                    .isEqualTo(nodes.ask(name, insert))
                    .containsExactly("301|next!");
            assertThat(nodes.ask(
                            nodes.embedded().coordinator(),
                            copy,
                            name + "_table",
                            "tables-Password",
                            "select count(*) from note"))
                    .containsExactly("2");
            assertThat(reports.get(reports.size() - 1).isDone()).isTrue();
            assertThat(reports.get(reports.size() - 1).volume().rows())
                    .isEqualTo(backup.manifest().rows());
            assertThat(reports.get(reports.size() - 1).count().done())
                    .isEqualTo(backup.manifest().tables().size());

            Backup fenced = project.backup(directory.resolve("fenced"), BackupOptions::throughCoordinator);
            assertThat(fenced.manifest().rows()).isEqualTo(backup.manifest().rows() + 1);
            Backup schema = project.backup(directory.resolve("schema"), BackupOptions::schemaOnly);
            assertThat(schema.manifest().rows()).isZero();
            cluster.getProject(copy).drop();
        }
    }

    private static void assertThatOnlyTheOwnerReads(Path backup) throws IOException {
        try (Stream<Path> all = Files.walk(backup)) {
            assertThat(all.toList()).hasSizeGreaterThan(3).allSatisfy(path -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .as(path.toString())
                    .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    private void assertThatItIsTheSameFromSql(TestCluster nodes, CitusCluster cluster, Project project)
            throws SQLException, IOException {
        String name = project.name();
        Path file = directory.resolve("project.sql");
        project.exportSql(file);
        String fed = TestCluster.unique("fed");
        Project other = cluster.project(fed)
                .withUser(name + "_user")
                .withReadOnlyUser(name + "_reader", Secret.of("readers-Password"))
                .withTableUser(name + "_table", Secret.of("tables-Password"), "note")
                // Up to its version 13, Citus brings it along.
                .extension("citus_columnar")
                .create();
        Path psql = new ProgramFinder(Optional.empty(), Deadline.in(Duration.ofMinutes(1)))
                .find("psql", 15)
                .file();
        ConnectionInfo connection = other.connection(name + "_user");
        new ChildProcess(
                        List.of(psql.toString(), "--no-psqlrc", "--quiet", "--file=" + file),
                        Map.of(
                                "PGHOST",
                                "127.0.0.1",
                                "PGPORT",
                                String.valueOf(nodes.embedded().coordinator().port()),
                                "PGDATABASE",
                                connection.database(),
                                "PGUSER",
                                name + "_user",
                                "PGPASSWORD",
                                "owners-Password"))
                .run(Deadline.in(Duration.ofMinutes(2)));
        other.repair();

        EveryKind.assertSame(nodes, name, fed);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> project.exportSql(file))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("already");
        assertThat(directory).isDirectoryNotContaining("glob:**citus-tenancy-*");
        other.drop();
    }
}
