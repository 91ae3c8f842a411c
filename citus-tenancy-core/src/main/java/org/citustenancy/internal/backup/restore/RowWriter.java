package org.citustenancy.internal.backup.restore;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.internal.backup.store.BackupDirectory;
import org.citustenancy.internal.backup.work.Crew;
import org.citustenancy.internal.backup.work.ProgressMeter;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.internal.sql.RestoreStatements;
import org.citustenancy.internal.sql.SnapshotStatements;

/** Writes files of rows into tables, through a session on the coordinator. */
final class RowWriter implements Crew.Worker<StoredRows> {

    private static final int BUFFER = 1 << 16;

    private final BackupDirectory directory;
    private final ProgressMeter meter;
    private final Session session;

    RowWriter(BackupDirectory directory, Sessions sessions, String project, Deadline deadline, ProgressMeter meter) {
        this.directory = directory;
        this.meter = meter;
        this.session = sessions.admin(project, deadline);
        session.fetch(SnapshotStatements.portableValues());
        // Several writers work at a time, and a file has the rows of one shard after those of another.
        session.fetch(RestoreStatements.connections(1));
    }

    @Override
    public void work(StoredRows rows) {
        Path file = directory.resolve(rows.file());
        ProgressMeter.Part progress =
                meter.begin(rows.table().name(), rows.file().bytes());
        long count;
        try (InputStream stored = new Counted(new BufferedInputStream(Files.newInputStream(file), BUFFER), progress);
                InputStream source =
                        rows.file().path().endsWith(".gz") ? new GZIPInputStream(stored, BUFFER) : stored) {
            count = session.copyIn(
                    SnapshotStatements.copyIn(rows.table().name(), rows.table().columns()), source);
        } catch (IOException | UncheckedIOException failure) {
            throw unreadable(file, failure);
        }
        if (count != rows.file().rows()) {
            throw new IncompleteException(Failure.of("Of " + rows.file().rows() + " rows in " + file + ", " + count
                            + " have arrived in " + rows.table().name())
                    .done("the project is marked as unfinished")
                    .toDo("run the restore again, which starts anew"));
        }
        progress.done(count);
    }

    static BackupException unreadable(Path file, Exception failure) {
        return new BackupException(
                Failure.of(file + " cannot be read: " + failure)
                        .done("if a project was begun, it is marked as unfinished")
                        .toDo("see that the file is there and whole, and run the restore again, which starts anew"),
                failure);
    }

    @Override
    public void close() {
        session.close();
    }

    private static final class Counted extends FilterInputStream {

        private final ProgressMeter.Part progress;

        Counted(InputStream source, ProgressMeter.Part progress) {
            super(source);
            this.progress = progress;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            progress.bytes(Math.max(0, read));
            return read;
        }
    }
}
