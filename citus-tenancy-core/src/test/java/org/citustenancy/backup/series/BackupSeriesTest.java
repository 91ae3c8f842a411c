package org.citustenancy.backup.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.CitusCluster;
import org.citustenancy.Project;
import org.citustenancy.backup.Backup;
import org.citustenancy.backup.BackupOptions;
import org.citustenancy.backup.BackupPhase;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.testing.RequiresCluster;
import org.citustenancy.testing.TestCluster;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only whole backups of the same project go when a new one has come. */
@Tag("once")
@RequiresCluster
class BackupSeriesTest {

    @TempDir
    private Path home;

    private static List<Path> entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void series_keeps_the_last_complete_backups_and_foreign_files(TestCluster nodes) throws IOException, SQLException {
        String name = TestCluster.unique("series");
        try (CitusCluster cluster = nodes.connect()) {
            Project project = cluster.project(name).withUser(name + "_user").create();
            nodes.ask(name, "create table t (id int primary key)");
            nodes.ask(name, "insert into t values (1), (2)");
            Path home = this.home.resolve("not/there/yet");
            // begin backups-series
            BackupSeries series = BackupSeries.in(home).keepLast(2);
            Backup first = project.backup(series); // a dated subdirectory; older ones go
            // end backups-series
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(first.directory())))
                    .isEqualTo("rwx------");
            Path unfinished =
                    Files.createDirectories(home.resolve("unfinished/rows")).getParent();
            Path anothers = home.resolve("anothers");
            copy(first.directory(), anothers);
            Files.delete(anothers.resolve("manifest.json.sha256"));
            Path manifest = anothers.resolve("manifest.json");
            Files.writeString(manifest, Files.readString(manifest).replace(name, "another"));
            Path cut = home.resolve("cut");
            copy(first.directory(), cut);
            Files.write(cut.resolve("schema.dump"), new byte[] {1});
            Path schemaOnly = home.resolve("schema");
            project.backup(schemaOnly, BackupOptions::schemaOnly);
            Path mine = Files.writeString(first.directory().resolve("mine"), "kept");

            Backup second = project.backup(series);
            assertThat(series.backups(name)).containsExactly(second.directory(), first.directory());
            Backup third = project.backup(series);
            Backup fourth = project.backup(series);

            assertThat(series.backups(name)).containsExactly(fourth.directory(), third.directory());
            assertThat(entries(home))
                    .containsExactlyInAnyOrder(
                            first.directory(),
                            third.directory(),
                            fourth.directory(),
                            unfinished,
                            anothers,
                            cut,
                            schemaOnly);
            assertThat(entries(first.directory())).containsExactly(mine);
            assertThat(entries(schemaOnly)).isNotEmpty();

            Thread here = Thread.currentThread();
            assertThatThrownBy(() -> project.backup(
                            series.keepLast(1),
                            options -> options.onProgress(progress -> {
                                if (progress.phase().equals(BackupPhase.ROWS.word())) {
                                    here.interrupt();
                                }
                            })))
                    .isInstanceOf(OperationInterruptedException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(series.backups(name)).containsExactly(fourth.directory(), third.directory());
            assertThat(entries(home)).hasSize(7);

            assertThatThrownBy(() -> project.backup(series, BackupOptions::schemaOnly))
                    .isInstanceOf(InvalidRequestException.class);
            assertThat(entries(home)).hasSize(7);
            project.drop();
        }
    }
}
