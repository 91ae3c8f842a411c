package org.citustenancy.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.errors.ProgramException;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.testing.Program;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be backed up or restored is refused, and leaves nothing that looks whole. */
@Tag("once")
@RequiresCluster
@TestInstance(Lifecycle.PER_CLASS)
class BackupFailuresTest {

    private final TestCluster nodes;
    private final CitusCluster cluster;
    private final Project project;
    private final String target = TestCluster.unique("bad_target");

    @TempDir
    private Path home;

    private Path directory;

    BackupFailuresTest(TestCluster nodes) throws SQLException {
        this.nodes = nodes;
        this.cluster = nodes.connect();
        String name = TestCluster.unique("bad");
        this.project = cluster.project(name).withUser(name + "_user").create();
        nodes.ask(name, "create table t (id int primary key, v text)");
        project.tables().distribute("t", "id", options -> options.shardCount(4));
        nodes.ask(name, "insert into t select i, 'v' || i from generate_series(1, 100) i");
        project.repair();
    }

    @BeforeEach
    void anotherDirectory() {
        directory = home.resolve(TestCluster.unique("backup"));
    }

    @AfterAll
    void disconnect() {
        cluster.close();
    }

    private Path rows() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("rows"))) {
            return files.sorted().findFirst().orElseThrow();
        }
    }

    private void nothingIsThere() {
        assertThat(cluster.projects()).noneMatch(known -> known.name().equals(target));
    }

    @Test
    void backup_refuses_a_directory_that_is_not_empty() throws IOException {
        Files.createDirectory(directory);
        Files.writeString(directory.resolve("mine"), "kept");

        assertThatThrownBy(() -> project.backup(directory))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("not empty");

        assertThat(directory.resolve("mine")).hasContent("kept");
    }

    @Test
    void backup_refuses_a_directory_that_cannot_be_written() throws IOException {
        Path system = Path.of("/proc/backup");
        Assumptions.assumeTrue(Files.isDirectory(system.getParent()), "there is no /proc, where no process can write");
        assertThatThrownBy(() -> project.backup(system))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("/proc/backup cannot be written");

        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        if (!Files.isWritable(directory)) {
            assertThatThrownBy(() -> project.backup(directory))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("cannot be written");
        }
        assertThatThrownBy(() -> project.exportSql(Path.of("/proc/backup.sql")))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("cannot be written");
    }

    /** Where file systems may be mounted, as root in most containers. */
    @Test
    void backup_fails_and_leaves_nothing_when_the_disk_is_full()
            throws IOException, InterruptedException, SQLException {
        Files.createDirectory(directory);
        Assumptions.assumeTrue(
                Program.isThere("mount")
                        && Program.run("", "mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory.toString())
                                .isEmpty(),
                "no file system can be mounted here");
        try {
            nodes.ask(
                    project.name(),
                    "create table big as select string_agg(md5(i::text), '') as v from generate_series(1, 100000) i");
            assertThatThrownBy(() -> project.backup(directory))
                    .isInstanceOf(BackupException.class)
                    .hasMessageContaining("cannot be written: No space left")
                    .hasMessageContaining("nothing that looks like a backup is left");
            assertThat(directory).isEmptyDirectory();

            Files.write(directory.resolve("filler"), new byte[1 << 20]);
            Path inside = directory.resolve("inside");
            assertThatThrownBy(() -> project.backup(inside)).isInstanceOf(CitusTenancyException.class);
            assertThat(inside.resolve("manifest.json")).doesNotExist();

            assertThatThrownBy(() -> project.exportSql(directory.resolve("full.sql")))
                    .isInstanceOf(CitusTenancyException.class)
                    .hasMessageContaining("No space left");
            assertThat(directory.resolve("full.sql")).doesNotExist();
        } finally {
            nodes.ask(project.name(), "drop table if exists big");
            Program.run("", "umount", directory.toString());
        }
    }

    @Test
    void interrupted_backup_leaves_nothing() {
        Thread here = Thread.currentThread();
        assertThatThrownBy(() -> project.backup(
                        directory,
                        options -> options.onProgress(progress -> {
                            if (progress.phase().equals(BackupPhase.ROWS.word())) {
                                here.interrupt();
                            }
                        })))
                .isInstanceOf(OperationInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(directory).isEmptyDirectory();
        project.backup(directory);
    }

    private void restoreHalf() {
        Thread here = Thread.currentThread();
        assertThatThrownBy(() -> cluster.backups()
                        .restore(directory)
                        .as(target)
                        .options(options -> options.onProgress(progress -> {
                            if (progress.phase().equals(BackupPhase.DISTRIBUTION.word())) {
                                here.interrupt();
                            }
                        }))
                        .create())
                .isInstanceOf(OperationInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void backup_refuses_a_project_that_is_partly_restored() {
        project.backup(directory);
        restoreHalf();
        Project half = cluster.getProject(target);

        assertThatThrownBy(() -> half.backup(home.resolve(TestCluster.unique("half"))))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("is restoring");
        half.drop();
    }

    @Test
    void backup_refuses_a_file_as_directory() throws IOException {
        Files.writeString(directory, "kept");

        assertThatThrownBy(() -> project.backup(directory))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("is not a directory");
    }

    @Test
    void restore_refuses_files_that_are_damaged_truncated_or_missing() throws IOException {
        project.backup(directory);
        Path file = rows();
        byte[] whole = Files.readAllBytes(file);

        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(file, damaged);
        assertThatThrownBy(() -> cluster.backups().restore(directory).as(target).create())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining("SHA-256");

        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> cluster.backups().restore(directory).as(target).create())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(file + " is damaged: it has");

        Files.delete(file);
        assertThatThrownBy(() -> cluster.backups().restore(directory).as(target).create())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(file + " cannot be read");
        nothingIsThere();
    }

    @Test
    void restore_refuses_manifests_that_are_newer_changed_truncated_or_missing() throws IOException {
        project.backup(directory);
        Path manifest = directory.resolve("manifest.json");
        String text = Files.readString(manifest);

        Files.writeString(manifest, text.replace("\"v\"", "\"w\""));
        assertRefused("another digest");

        Files.delete(directory.resolve("manifest.json.sha256"));
        Files.writeString(manifest, text.replace("\"formatVersion\": 1", "\"formatVersion\": 2"));
        assertRefused("format version 2");

        for (int length = 0; length < text.length() - 2; length += 97) {
            Files.writeString(manifest, text.substring(0, length));
            assertRefused("damaged");
        }

        Files.writeString(manifest, text + "{}");
        assertRefused("The manifest is damaged: there is more behind its end");
        Files.writeString(manifest, text.replace("\"hasRows\": true", "\"hasRows\": \u007f"));
        assertThatThrownBy(() -> cluster.backups().restore(directory).as(target).create())
                .isInstanceOf(BackupException.class)
                .hasMessageMatching(
                        "(?s)The manifest is damaged: Unexpected character .*\\(line \\d+, column \\d+\\).*");

        Files.writeString(manifest, text.replace("rows/", "../../"));
        assertRefused("outside its directory");

        Files.delete(manifest);
        assertRefused("There is no manifest");
        nothingIsThere();
    }

    private void assertRefused(String why) {
        assertThatThrownBy(() -> cluster.backups().restore(directory).as(target).create())
                .isInstanceOf(BackupException.class)
                .hasMessageContaining(why);
    }

    @Test
    void restore_refuses_a_target_that_exists_or_lacks_an_extension() throws IOException, SQLException {
        project.backup(directory);
        assertThatThrownBy(() -> cluster.backups().restore(directory).create())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("already");
        assertThat(nodes.ask(project.name(), "select count(*) from t")).containsExactly("100");

        Path manifest = directory.resolve("manifest.json");
        String text = Files.readString(manifest);
        Files.delete(directory.resolve("manifest.json.sha256"));
        Files.writeString(manifest, text.replace("\"neededExtensions\": []", "\"neededExtensions\": [\"nowhere\"]"));
        assertThatThrownBy(() -> cluster.backups().restore(directory).as(target).create())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("nowhere");
        Files.writeString(manifest, text.replace("\"neededRoles\": []", "\"neededRoles\": [\"nobody_here\"]"));
        assertThatThrownBy(() -> cluster.backups().restore(directory).as(target).create())
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("nobody_here");
        nothingIsThere();
    }

    @Test
    void backup_refuses_programs_that_are_missing_or_too_old() throws IOException {
        Path programs = Files.createDirectory(home.resolve(TestCluster.unique("programs")));
        assertThatThrownBy(() -> project.backup(directory, options -> options.programs(programs)))
                .isInstanceOf(ProgramException.class)
                .hasMessageContaining("There is no pg_dump in " + programs);

        Path old = Files.writeString(programs.resolve("pg_dump"), "#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.1'\n");
        assertThat(old.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> project.backup(directory, options -> options.programs(programs)))
                .isInstanceOf(ProgramException.class)
                .hasMessageContaining("older than the server");
        assertThat(directory).doesNotExist();
    }

    @Test
    void writers_continue_when_the_fence_times_out() throws SQLException {
        try (Connection writer = nodes.open(nodes.embedded().workers().get(0), project.name());
                Connection other = nodes.open(nodes.embedded().coordinator(), project.name())) {
            writer.setAutoCommit(false);
            TestCluster.ask(writer, "update t set v = 'held' where id = 1");

            assertThatThrownBy(
                            () -> project.backup(directory, options -> options.waitForFence(Duration.ofMillis(1200))))
                    .isInstanceOf(DeadlineExceededException.class)
                    .hasMessageContaining("Within 1200 ms there was no moment without a writing transaction");

            TestCluster.ask(other, "set statement_timeout = '5s'; update t set v = 'free' where id = 2");
            writer.rollback();
        }
        assertThat(directory).isEmptyDirectory();
        project.backup(directory);
    }

    @Test
    void backup_names_a_worker_that_cannot_be_reached_directly() {
        int port = nodes.embedded().workers().get(0).port();
        String host = cluster.topology().workers().get(0).host();

        assertThatThrownBy(() -> project.backup(directory, options -> options.nodeAt(host, port, "127.0.0.1", 1)))
                .isInstanceOf(NodeUnreachableException.class)
                .hasMessageContaining("throughCoordinator");
        assertThatThrownBy(() -> project.backup(
                        directory,
                        options -> options.nodeAt(
                                host,
                                port,
                                "127.0.0.1",
                                nodes.embedded().coordinator().port())))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("it says that it is node group 0");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void restore_keeps_a_project_that_was_created_after_a_failed_restore() throws SQLException {
        project.backup(directory);
        restoreHalf();
        cluster.getProject(target).drop();
        Project own = cluster.project(target).withUser(target + "_user").create();
        nodes.ask(target, "create table precious as select 1 as id");

        assertThatThrownBy(() -> cluster.backups().restore(directory).as(target).create())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("already");

        assertThat(nodes.ask(target, "select count(*) from precious")).containsExactly("1");
        own.drop();
    }

    @Test
    void interrupted_restore_is_not_ready_and_starts_again() {
        project.backup(directory);
        Thread here = Thread.currentThread();
        assertThatThrownBy(() -> cluster.backups()
                        .restore(directory)
                        .as(target)
                        .options(options -> options.onProgress(progress -> {
                            if (progress.phase().equals(BackupPhase.ROWS.word())) {
                                here.interrupt();
                            }
                        }))
                        .create())
                .isInstanceOf(OperationInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(cluster.projects())
                .filteredOn(known -> known.name().equals(target))
                .allMatch(known -> known.state() == ProjectState.RESTORING)
                .hasSize(1);
        assertThatThrownBy(
                        () -> cluster.project(target).withUser(target + "_user").create())
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("is restoring");

        Project restored = cluster.backups().restore(directory).as(target).create();

        assertThat(TestCluster.besidesTrust(restored.verify()).findings()).isEmpty();
        assertThat(restored.tables().list()).hasSize(1);
        assertThatThrownBy(() -> cluster.backups().restore(directory).as(target).create())
                .isInstanceOf(CitusTenancyException.class)
                .hasMessageContaining("already");
        restored.drop();
    }
}
