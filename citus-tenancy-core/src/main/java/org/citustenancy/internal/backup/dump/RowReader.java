package org.citustenancy.internal.backup.dump;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.citustenancy.backup.manifest.StoredFile;
import org.citustenancy.backup.manifest.StoredShard;
import org.citustenancy.internal.backup.store.BackupDirectory;
import org.citustenancy.internal.backup.store.ProgressMeter;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.sql.SnapshotStatements;
import org.citustenancy.tables.TableName;

/**
 * Reads parts of tables into files, with one session on each node.
 *
 * <p>A shard or a local table is read by {@code COPY table TO}, which the server does not plan: it evaluates no code of
 * the owner, so that the admin may run it. A distributed table is read through the coordinator by a query, whose
 * planning evaluates constant parts of index expressions and checks. This query runs in a session with the owner's
 * privileges.
 */
final class RowReader implements ParallelTasks.Worker<RowPart> {

    private static final int BUFFER = 1 << 16;

    private final BackupDirectory directory;
    private final String project;
    private final int compression;
    private final Deadline deadline;
    private final ProgressMeter meter;
    private final BiConsumer<RowPart, StoredFile> results;
    private final Optional<OwnersReading> owners;
    private final Map<Object, Session> sessions = new HashMap<>();

    RowReader(
            BackupDirectory directory,
            String project,
            int compression,
            Deadline deadline,
            ProgressMeter meter,
            BiConsumer<RowPart, StoredFile> results,
            Optional<OwnersReading> owners) {
        this.directory = directory;
        this.project = project;
        this.compression = compression;
        this.deadline = deadline;
        this.meter = meter;
        this.results = results;
        this.owners = owners;
    }

    @Override
    public void work(RowPart part) {
        Session session = owners.isPresent()
                ? sessions.computeIfAbsent(
                        owners.get().owner(part.table().name()),
                        owner -> begin(owners.get().open(part.table().name()), part.view()))
                : sessions.computeIfAbsent(
                        part.view().node().group(),
                        group -> begin(part.view().node().sessions().admin(project, deadline), part.view()));
        ProgressMeter.Part progress = meter.begin(part.table().name(), part.bytes());
        String name = directory.rows(part.number(), compression > 0);
        Path file = directory.path().resolve(name);
        List<StoredShard> shards = new ArrayList<>();
        long rows = 0;
        try (RowFile target = new RowFile(file, compression)) {
            for (RowSource source : part.sources()) {
                long begun = target.length();
                long count = read(session, source.relation(), part, target, progress);
                shards.add(new StoredShard(source.range(), count, target.length() - begun));
                rows += count;
            }
            if (rows == 0) {
                Files.delete(file);
            } else {
                BackupDirectory.force(file);
                results.accept(
                        part,
                        new StoredFile(
                                name, rows, target.length(), target.sha256(), part.byShard() ? shards : List.of()));
            }
        } catch (IOException | UncheckedIOException failure) {
            throw BackupDirectory.unwritable(file, failure);
        }
        progress.done(rows);
    }

    private static long read(
            Session session, TableName relation, RowPart part, RowFile target, ProgressMeter.Part progress)
            throws IOException {
        try (OutputStream section = new BufferedOutputStream(new Counted(target.section(), progress), BUFFER)) {
            return session.copyOut(
                    SnapshotStatements.copyOut(relation, part.table().columns()), section);
        }
    }

    /** Begins a transaction with the snapshot of that node. Behind a fence, all sessions see the same state. */
    private static Session begin(Session session, ConsistentSnapshot.View view) {
        session.fetch(SnapshotStatements.portableValues());
        session.fetch(SnapshotStatements.lockPatience(SchemaDump.LOCK_MILLIS));
        session.begin();
        session.execute(SnapshotStatements.seeOneMoment());
        session.execute(SnapshotStatements.seeTheSame(view.snapshot()));
        return session;
    }

    @Override
    public void close() {
        sessions.values().forEach(Session::close);
    }

    private static final class Counted extends FilterOutputStream {

        private final ProgressMeter.Part progress;

        Counted(OutputStream target, ProgressMeter.Part progress) {
            super(target);
            this.progress = progress;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            progress.bytes(length);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            progress.bytes(1);
        }
    }
}
