package org.citustenancy.internal.backup.restore;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.backup.manifest.StoredShard;
import org.citustenancy.errors.BackupException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.internal.backup.store.BackupDirectory;
import org.citustenancy.internal.backup.store.ProgressMeter;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.BackupQueries;
import org.citustenancy.internal.sql.FillQueries;
import org.citustenancy.internal.sql.SnapshotStatements;
import org.citustenancy.tables.TableName;

/**
 * Writes files of rows into tables. The rows of a shard are written directly into the new shard for the same hash
 * values if that shard has one placement and its node is reachable. They are checked there: if the coordinator would
 * have placed a row elsewhere, all of them are written through the coordinator, as are all other rows.
 */
final class RowWriter implements ParallelTasks.Worker<StoredRows> {

    private final BackupDirectory directory;
    private final ShardPlaces places;
    private final WriterSessions sessions;
    private final ProgressMeter meter;

    private record Way(Session session, TableName relation) {}

    RowWriter(BackupDirectory directory, ShardPlaces places, WriterSessions sessions, ProgressMeter meter) {
        this.directory = directory;
        this.places = places;
        this.sessions = sessions;
        this.meter = meter;
    }

    @Override
    public void work(StoredRows rows) {
        BackedUpTable table = rows.table();
        Path file = directory.resolve(rows.file());
        ProgressMeter.Part progress = meter.begin(table.name(), rows.file().bytes());
        long count;
        try {
            count = rows.file().shards().stream()
                            .anyMatch(shard -> way(table, shard).isPresent())
                    ? byShard(rows, file, progress)
                    : throughCoordinator(
                            table, new FileSection(file, 0, rows.file().bytes(), progress));
        } catch (UncheckedIOException failure) {
            throw unreadable(file, failure);
        }
        if (count != rows.file().rows()) {
            throw new IncompleteException(Failure.of("Of " + rows.file().rows() + " rows in " + file + ", " + count
                            + " have arrived in " + table.name())
                    .state("the project is marked as unfinished")
                    .fix("run the restore again, which starts over"));
        }
        progress.done(count);
    }

    private long byShard(StoredRows rows, Path file, ProgressMeter.Part progress) {
        long count = 0;
        long offset = 0;
        for (StoredShard shard : rows.file().shards()) {
            if (shard.rows() > 0) {
                count += write(rows.table(), shard, new FileSection(file, offset, shard.bytes(), progress));
            }
            offset += shard.bytes();
        }
        return count;
    }

    private long write(BackedUpTable table, StoredShard shard, FileSection section) {
        Optional<Way> way = way(table, shard);
        Optional<Long> count = way.isPresent()
                ? way.get().session().inTransactionUnlessEmpty(() -> straight(way.get(), table, shard, section))
                : Optional.empty();
        return count.isPresent() ? count.get() : throughCoordinator(table, section);
    }

    private static Optional<Long> straight(Way way, BackedUpTable table, StoredShard shard, FileSection section) {
        long count = copy(way.session(), way.relation(), table, section);
        return belongThere(way, table, shard) ? Optional.of(count) : Optional.empty();
    }

    private Optional<Way> way(BackedUpTable table, StoredShard shard) {
        return places.of(table.name(), shard.range())
                .filter(place -> shard.range().isEmpty() || table.column().isPresent())
                .flatMap(place -> sessions.at(place).map(session -> new Way(session, place.relation())));
    }

    private static boolean belongThere(Way way, BackedUpTable table, StoredShard shard) {
        return shard.range()
                .map(range -> way.session()
                                .fetch(FillQueries.misplaced(
                                        way.relation(), table.column().orElseThrow(), range))
                                .get(0)
                                .get(BackupQueries.NUMBER)
                        == 0)
                .orElse(true);
    }

    private long throughCoordinator(BackedUpTable table, FileSection section) {
        return copy(sessions.coordinator(), table.name(), table, section);
    }

    private static long copy(Session session, TableName relation, BackedUpTable table, FileSection section) {
        try (InputStream rows = section.open()) {
            return session.copyIn(SnapshotStatements.copyIn(relation, table.columns()), rows);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static BackupException unreadable(Path file, Exception failure) {
        return new BackupException(
                Failure.of(file + " cannot be read: " + failure)
                        .state("if a project was begun, it is marked as unfinished")
                        .fix(
                                "check that the file exists and is complete, and run the restore again, which starts over"),
                failure);
    }

    @Override
    public void close() {
        sessions.close();
    }
}
