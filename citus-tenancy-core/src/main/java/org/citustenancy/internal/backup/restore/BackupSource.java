package org.citustenancy.internal.backup.restore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.citustenancy.backup.BackupPhase;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.internal.backup.store.ArchiveList;
import org.citustenancy.internal.backup.store.BackupDirectory;
import org.citustenancy.internal.concurrent.ParallelTasks;

/** A backup that this library wrote. */
final class BackupSource implements RestoreSource {

    private final BackupDirectory directory;
    private final BackupManifest manifest;

    private BackupSource(BackupDirectory directory, BackupManifest manifest) {
        this.directory = directory;
        this.manifest = manifest;
    }

    /** Opens a backup that has a manifest. */
    static BackupSource in(Path path) {
        BackupDirectory directory = BackupDirectory.existing(path);
        return new BackupSource(directory, directory.manifest());
    }

    /** Throws if a file has changed since it was written. */
    void checkFiles(ExecutorService threads, int parallelism) {
        new BackupCheck(directory).check(manifest, threads, parallelism);
    }

    @Override
    public Optional<String> name() {
        return Optional.of(manifest.origin().project());
    }

    @Override
    public BackupManifest manifest() {
        return manifest;
    }

    @Override
    public Path archive() {
        return directory.schema();
    }

    @Override
    public void check(ArchiveList entries) {
        // The digest of the archive proves that it is unchanged.
    }

    @Override
    public Optional<String> owner() {
        return Optional.empty();
    }

    @Override
    public boolean countsRows() {
        return true;
    }

    @Override
    public void fill(RestoreContext work) {
        List<StoredRows> files = new ArrayList<>();
        for (BackedUpTable table : manifest.tables()) {
            long bytes = table.files().stream().mapToLong(StoredFile::bytes).sum();
            table.files().forEach(file -> files.add(new StoredRows(table, file)));
            work.meter().expect(table.name(), table.files().size(), bytes);
        }
        files.sort(Comparator.comparingLong((StoredRows rows) -> rows.file().bytes())
                .reversed());
        work.meter().phase(BackupPhase.ROWS);
        ShardPlaces places = ShardPlaces.read(work.reading());
        new ParallelTasks(work.cluster().threads(), work.options().parallelism())
                .share(
                        files,
                        () -> new RowWriter(
                                directory,
                                places,
                                new WriterSessions(work.writers().get()),
                                work.meter()));
        work.meter().phase(BackupPhase.AFTER_ROWS);
    }
}
