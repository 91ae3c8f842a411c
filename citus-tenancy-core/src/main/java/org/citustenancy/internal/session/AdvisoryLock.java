package org.citustenancy.internal.session;

import java.util.List;
import org.citustenancy.internal.sql.LockStatements;
import org.citustenancy.internal.sql.RowRoleStatements;

/**
 * A lock in the maintenance database that only users of this library know. It is gone with the session that took it, so
 * a killed process leaves none behind.
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
     * The lock on one project.
     *
     * @param session a session in the maintenance database, which waits until the lock is free
     * @return the lock, held
     */
    public static AdvisoryLock onProject(Session session, String project) {
        return acquire(session, PROJECT + project);
    }

    /**
     * The lock on one project for those who only read its files, of whom there may be several.
     *
     * @param session a session in the maintenance database, which waits until no session holds the lock alone
     * @return the lock, held
     */
    public static AdvisoryLock sharedOnProject(Session session, String project) {
        return acquireShared(session, PROJECT + project);
    }

    /**
     * The lock of processes that take the locks of several projects, one after the other. It must be taken before those: the
     * server does not detect a deadlock of two processes when the locks of each belong to several sessions.
     *
     * @param session a session in the maintenance database, which waits until no session holds the locks of more than one project
     * @return the lock, held
     */
    public static AdvisoryLock onManyProjects(Session session) {
        return acquire(session, MANY);
    }

    /**
     * The same for those who make one project from another, and hold the locks of these two: there may be several of them.
     *
     * @param session a session in the maintenance database, which waits for those who take the locks of any number
     * @return the lock, held
     */
    public static AdvisoryLock onTwoProjects(Session session) {
        return acquireShared(session, MANY);
    }

    /**
     * The lock on filling one new project from a backup or another project, which lasts longer than each of the changes
     * that it is made of.
     *
     * @param session a session in the maintenance database, which waits until the lock is free
     * @return the lock, held
     */
    public static AdvisoryLock onFilling(Session session, String project) {
        return acquire(session, FILLING + project);
    }

    /**
     * The lock on what projects share: roles, the nodes, and the registry's own tables. A session that needs a project's lock
     * too must take that one first.
     *
     * @param session a session in the maintenance database, which waits until the lock is free
     * @return the lock, held
     */
    public static AdvisoryLock onGlobalObjects(Session session) {
        return acquire(session, "citus_tenancy/shared");
    }

    /**
     * The locks of a session that fills a new project from a template's files, until the session ends: those of
     * {@link #onFilling}, {@link #onTwoProjects} and {@link #sharedOnProject}, one after the other.
     *
     * @param session a session in the maintenance database, which waits until it has them all
     */
    public static void onFillingFromTemplate(Session session, String project, String template) {
        session.fetch(LockStatements.acquire(FILLING + project, List.of(MANY, PROJECT + template)));
    }

    /**
     * The lock on moving the shards of one project, of which each move changes what the next should be.
     *
     * @param session a session in the maintenance database, which waits until the lock is free
     * @return the lock, held
     */
    public static AdvisoryLock onMoves(Session session, String project) {
        return acquire(session, "citus_tenancy/moves/" + project);
    }

    /**
     * The lock on a temporary role, which its operation holds as long as it needs the role.
     *
     * @param session a session in the maintenance database
     * @param role the role's name, which no other operation uses
     * @return the lock, held
     */
    public static AdvisoryLock onRowRole(Session session, String role) {
        return acquire(session, RowRoleStatements.lock(role));
    }

    /**
     * The same where it has been taken by {@link RowRoleStatements#tryLock}.
     *
     * @param session the session that took it
     */
    public static AdvisoryLock heldOnRowRole(Session session, String role) {
        return new AdvisoryLock(session, RowRoleStatements.lock(role), false);
    }

    /**
     * Whether a process works on a project now.
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

    /** Says that it need not be given back before the session is closed, which does that too. */
    public void untilTheSessionEnds() {}

    /** Gives the lock back. */
    @Override
    public void close() {
        if (shared) {
            session.fetch(LockStatements.releaseShared(key));
        } else {
            session.fetch(LockStatements.release(key));
        }
    }
}
