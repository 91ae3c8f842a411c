package org.citustenancy.internal.backup.dump;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.internal.sql.SnapshotStatements;
import org.citustenancy.tables.TableName;

/** Keeps everybody from changing a project's tables, through whichever node, until it is closed. */
final class WriteFence implements AutoCloseable {

    /** Others wait behind us while we wait, so we do not wait long, and let them go on before we try again. */
    private static final long PATIENCE_MILLIS = 400;

    private static final Duration PAUSE = Duration.ofMillis(150);

    /** Not available, deadlock, cancelled. */
    static final Set<String> BUSY = Set.of("55P03", "40P01", "57014");

    private final Session session;
    private final long begun;

    private WriteFence(Session session, long begun) {
        this.session = session;
        this.begun = begun;
    }

    /**
     * Tries until nobody writes.
     *
     * @param allowed how long it may take
     * @param bound the moment when that has passed
     */
    static WriteFence raise(
            Sessions sessions, String project, List<TableName> tables, Duration allowed, Deadline bound, Deadline all) {
        while (true) {
            Session session = sessions.distributing(project, all);
            boolean raised = false;
            try {
                session.begin();
                session.fetch(SnapshotStatements.patience(
                        Math.max(1, Math.min(PATIENCE_MILLIS, bound.remainingNanos() / 1_000_000))));
                long begun = System.nanoTime();
                if (!tables.isEmpty()) {
                    session.execute(SnapshotStatements.keepWritersOut(tables));
                }
                session.fetch(SnapshotStatements.patience(0));
                raised = true;
                return new WriteFence(session, begun);
            } catch (ServerErrorException refused) {
                if (!BUSY.contains(refused.sqlState())) {
                    throw refused;
                }
                if (bound.remainingNanos() < PAUSE.toNanos()) {
                    throw passed(allowed, refused);
                }
            } finally {
                if (!raised) {
                    session.close();
                }
            }
            all.sleep(PAUSE, session.place());
        }
    }

    static DeadlineExceededException passed(Duration allowed, ServerErrorException refused) {
        return new DeadlineExceededException(
                Failure.of("Within " + allowed.toMillis() + " ms there was no moment at which nobody was writing: "
                                + refused.serverMessage())
                        .where(refused.failure().where())
                        .done("nothing; writers go on")
                        .toDo(
                                "look for long transactions in pg_stat_activity on every node and end them, or allow more "
                                        + "time with waitForFence"),
                refused);
    }

    /** How long writers have been kept waiting. */
    Duration held() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Lets writers go on. */
    @Override
    public void close() {
        session.close();
    }
}
