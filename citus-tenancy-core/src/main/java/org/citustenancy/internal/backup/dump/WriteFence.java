package org.citustenancy.internal.backup.dump;

import java.time.Duration;
import java.util.List;
import org.citustenancy.errors.DeadlineExceededException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.FenceRetry;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.session.Sessions;
import org.citustenancy.internal.sql.FenceStatements;
import org.citustenancy.tables.TableName;

/** Blocks changes of a project's tables through any node, until it is closed. */
public final class WriteFence implements AutoCloseable {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final Duration PAUSE = Duration.ofMillis(150);

    private final Session session;
    private final long begun;
    private final boolean lent;

    private WriteFence(Session session, long begun, boolean lent) {
        this.session = session;
        this.begun = begun;
        this.lent = lent;
    }

    /**
     * Tries to close the fence until no transaction writes.
     *
     * @param sessions sessions on the coordinator
     * @param tables the fence's tables
     * @param allowed how long it may take
     * @param bound the deadline for closing it
     * @param all the deadline for opening it again
     */
    public static WriteFence raise(
            Sessions sessions, String project, List<TableName> tables, Duration allowed, Deadline bound, Deadline all) {
        return FenceRetry.untilLocked(
                FenceStatements.BUSY, () -> attempt(sessions.distributing(project, all), tables, bound), refused -> {
                    if (bound.remainingNanos() < PAUSE.toNanos()) {
                        throw passed(allowed, refused);
                    }
                    all.sleep(PAUSE, Place.unknown().in(project));
                });
    }

    private static WriteFence attempt(Session session, List<TableName> tables, Deadline bound) {
        boolean raised = false;
        try {
            long left = Math.max(1, bound.remainingNanos() / NANOS_PER_MILLI);
            warm(session, tables, left);
            session.begin();
            session.fetch(FenceStatements.timeLimit(Math.min(FenceRetry.ATTEMPT_MILLIS, left)));
            long begun = System.nanoTime();
            if (!tables.isEmpty()) {
                session.execute(FenceStatements.keepWritersOut(tables));
            }
            session.fetch(FenceStatements.timeLimit(0));
            raised = true;
            return new WriteFence(session, begun, false);
        } finally {
            if (!raised) {
                session.close();
            }
        }
    }

    /** Opens the coordinator's connections to the other nodes, with a lock that blocks no session. */
    private static void warm(Session session, List<TableName> tables, long millis) {
        if (!tables.isEmpty()) {
            session.inTransaction(() -> {
                session.fetch(FenceStatements.timeLimit(millis));
                session.execute(FenceStatements.keepTables(tables));
                return true;
            });
        }
    }

    static DeadlineExceededException passed(Duration allowed, ServerErrorException refused) {
        return new DeadlineExceededException(
                Failure.of("Within " + allowed.toMillis() + " ms there was no moment without a writing transaction: "
                                + refused.serverMessage())
                        .where(refused.failure().where())
                        .state("nothing; writers go on")
                        .fix("look for long transactions in pg_stat_activity on every node and end them, or allow more "
                                + "time with waitForFence"),
                refused);
    }

    /**
     * Verifies that the fence still holds on every node: the statement fails if the transaction has lost a node.
     *
     * @param tables the fence's tables
     */
    public void confirm(List<TableName> tables) {
        if (!tables.isEmpty()) {
            session.execute(FenceStatements.keepTables(tables));
        }
    }

    /** Returns how long writers have been blocked. */
    Duration held() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Returns the same fence for a caller that must not open it. */
    WriteFence lent() {
        return new WriteFence(session, begun, true);
    }

    /** Opens the fence, so that writers continue. */
    @Override
    public void close() {
        if (!lent) {
            session.close();
        }
    }
}
