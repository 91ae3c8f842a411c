package org.citustenancy.internal.session;

import java.util.List;
import java.util.Optional;
import org.citustenancy.internal.sql.LockStatements;
import org.citustenancy.internal.sql.RowRoleStatements;

/**
 * A lock in the maintenance database that only users of this library take. It ends with the session that took it, so a
 * killed process leaves no lock behind.
 */
public final class AdvisoryLock implements AutoCloseable {

    private static final String PROJECT = "citus_tenancy/project/";
    private static final String FILLING = "citus_tenancy/fill/";
    private static final String MANY = "citus_tenancy/many";

    private final Session session;
    private final String key;
    private final boolean shared;

    private AdvisoryLock(Session session, String key, boolean shared) {
        this.session = session;
        this.key = key;
        this.shared = shared;
    }

    /**
     * Takes the lock on one project.
     *
     * @param session a session in the maintenance database, which waits until the lock is free
     * @return the lock, held
     */
    public static AdvisoryLock onProject(Session session, String project) {
        return acquire(session, PROJECT + project);
    }

    /**
     * Takes the shared lock on one project, for operations that only read its files. Several of them may hold it.
     *
     * @param session a session in the maintenance database, which waits until no session holds the lock alone
     * @return the lock, held
     */
    public static AdvisoryLock sharedOnProject(Session session, String project) {
        return acquireShared(session, PROJECT + project);
    }

    /**
     * Takes the lock of processes that take the locks of several projects, one after the other. It must be taken before
     * those: the server does not detect a deadlock of two processes when the locks of each belong to several sessions.
     *
     * @param session a session in the maintenance database, which waits until no session holds the locks of more than
     *     one project
     * @return the lock, held
     */
    public static AdvisoryLock onManyProjects(Session session) {
        return acquire(session, MANY);
    }

    /**
     * Takes the shared form of that lock, for operations that create one project from another and hold the locks of
     * both. Several of them may hold it.
     *
     * @param session a session in the maintenance database, which waits for the processes that take the locks of any
     *     number of projects
     * @return the lock, held
     */
    public static AdvisoryLock onTwoProjects(Session session) {
        return acquireShared(session, MANY);
    }

    /**
     * Takes the lock on filling one new project from a backup or another project. It is held longer than each of the
     * changes in it.
     *
     * @param session a session in the maintenance database, which waits until the lock is free
     * @return the lock, held
     */
    public static AdvisoryLock onFilling(Session session, String project) {
        return acquire(session, FILLING + project);
    }

    /**
     * Takes the lock on what projects share: roles, the nodes, and the registry's own tables. A session that also needs
     * a project's lock must take that one first.
     *
     * @param session a session in the maintenance database, which waits until the lock is free
     * @return the lock, held
     */
    public static AdvisoryLock onGlobalObjects(Session session) {
        return acquire(session, "citus_tenancy/shared");
    }

    /**
     * Takes the locks of a session that fills a new project from a template's files, until the session ends: those of
     * {@link #onFilling}, {@link #onTwoProjects} and {@link #sharedOnProject}, one after the other.
     *
     * @param session a session in the maintenance database, which waits until it has all of them
     */
    public static void onFillingFromTemplate(Session session, String project, String template) {
        session.fetch(LockStatements.acquire(FILLING + project, List.of(MANY, PROJECT + template)));
    }

    /**
     * Takes the lock on moving the shards of one project. Each move changes which move is next.
     *
     * @param session a session in the maintenance database, which waits until the lock is free
     * @return the lock, held
     */
    public static AdvisoryLock onMoves(Session session, String project) {
        return acquire(session, "citus_tenancy/moves/" + project);
    }

    /**
     * Takes the lock on a temporary role. An operation holds it as long as it needs the role.
     *
     * @param session a session in the maintenance database
     * @param role the role's name, which no other operation uses
     * @return the lock, held
     */
    public static AdvisoryLock onRowRole(Session session, String role) {
        return acquire(session, RowRoleStatements.lock(role));
    }

    /**
     * Takes the lock of the process that recovers distributed transactions, if no other process has it.
     *
     * @param session a session in the maintenance database, which does not wait
     * @return the lock, held; absent if another process holds it
     */
    public static Optional<AdvisoryLock> tryOnRecovery(Session session) {
        return tryAcquire(session, "citus_tenancy/recovery");
    }

    /**
     * Takes the lock of the process that follows failovers, if no other process has it.
     *
     * @param session a session in the maintenance database, which does not wait
     * @return the lock, held; absent if another process holds it
     */
    public static Optional<AdvisoryLock> tryOnFailover(Session session) {
        return tryAcquire(session, "citus_tenancy/failover");
    }

    /**
     * Takes the lock of the process that suspends unused projects, if no other process has it.
     *
     * @param session a session in the maintenance database, which does not wait
     * @return the lock, held; absent if another process holds it
     */
    public static Optional<AdvisoryLock> tryOnAutosuspend(Session session) {
        return tryAcquire(session, "citus_tenancy/autosuspend");
    }

    private static Optional<AdvisoryLock> tryAcquire(Session session, String key) {
        boolean taken = session.fetch(LockStatements.tryAcquire(key)).getValue(0, LockStatements.TAKEN);
        return taken ? Optional.of(new AdvisoryLock(session, key, false)) : Optional.empty();
    }

    /**
     * Returns the lock on a temporary role that {@link RowRoleStatements#tryLock} has taken.
     *
     * @param session the session that took it
     */
    public static AdvisoryLock heldOnRowRole(Session session, String role) {
        return new AdvisoryLock(session, RowRoleStatements.lock(role), false);
    }

    /**
     * Checks whether a process works on a project now.
     *
     * @param session a session in the maintenance database, which does not wait
     * @return true if the lock on the project or on filling it is held
     */
    public static boolean isAtWork(Session session, String project) {
        return !session.fetch(LockStatements.held(List.of(PROJECT + project, FILLING + project)))
                .isEmpty();
    }

    private static AdvisoryLock acquireShared(Session session, String key) {
        session.fetch(LockStatements.acquireShared(key));
        return new AdvisoryLock(session, key, true);
    }

    private static AdvisoryLock acquire(Session session, String key) {
        session.fetch(LockStatements.acquire(key));
        return new AdvisoryLock(session, key, false);
    }

    /** Declares that the lock need not be released before the session is closed, which releases it, too. */
    public void untilTheSessionEnds() {}

    /** Releases the lock. */
    @Override
    public void close() {
        if (shared) {
            session.fetch(LockStatements.releaseShared(key));
        } else {
            session.fetch(LockStatements.release(key));
        }
    }
}
