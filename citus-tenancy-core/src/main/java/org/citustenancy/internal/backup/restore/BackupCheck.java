package org.citustenancy.internal.backup.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import org.citustenancy.backup.manifest.BackupManifest;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.backup.store.BackupDirectory;
import org.citustenancy.internal.backup.store.DigestFile;
import org.citustenancy.internal.concurrent.ParallelTasks;

/** Verifies that no file of a backup changed after it was written, before the restore changes anything. */
final class BackupCheck {

    private final BackupDirectory directory;

    BackupCheck(BackupDirectory directory) {
        this.directory = directory;
    }

    void check(BackupManifest manifest, ExecutorService threads, int parallelism) {
        new ParallelTasks(threads, parallelism).each(manifest.files(), this::check);
    }

    private StoredFile check(StoredFile file) {
        Path path = directory.resolve(file);
        try {
            long bytes = Files.size(path);
            if (bytes != file.bytes()) {
                throw damaged(path, "it has " + bytes + " bytes, and was written with " + file.bytes());
            }
            if (!DigestFile.of(path).equals(file.sha256())) {
                throw damaged(path, "its SHA-256 is another than when it was written");
            }
            return file;
        } catch (IOException failure) {
            throw RowWriter.unreadable(path, failure);
        }
    }

    private static BackupException damaged(Path path, String how) {
        return new BackupException(Failure.of(path + " is damaged: " + how)
                .state("nothing was touched")
                .fix("bring the file back from where it is whole, or restore another backup"));
    }
}
