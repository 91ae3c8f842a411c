package org.citustenancy.internal.session;

import org.citustenancy.internal.sql.LockStatements;

/**
 * A lock in the maintenance database that only users of this library know. It is gone with the session that took it, so
 * a killed process leaves none behind.
 */
public final class AdvisoryLock implements AutoCloseable {

    private final Session session;
    private final String key;

    private AdvisoryLock(Session session, String key) {
        this.session = session;
        this.key = key;
    }

    /**
     * The lock on one project.
     *
     * @param session a session in the maintenance database, which waits until the lock is free
     * @param project the project's name
     * @return the lock, held
     */
    public static AdvisoryLock onProject(Session session, String project) {
        return acquire(session, "citus_tenancy/project/" + project);
    }

    /**
     * The lock on restoring one project, which lasts longer than each of the changes that it is made of.
     *
     * @param session a session in the maintenance database, which waits until the lock is free
     * @param project the project's name
     * @return the lock, held
     */
    public static AdvisoryLock onRestoring(Session session, String project) {
        return acquire(session, "citus_tenancy/restore/" + project);
    }

    /**
     * The lock on what projects share: roles, the nodes, and the registry's own tables. Whoever needs a project's lock
     * too must take that one first.
     *
     * @param session a session in the maintenance database, which waits until the lock is free
     * @return the lock, held
     */
    public static AdvisoryLock onWhatIsShared(Session session) {
        return acquire(session, "citus_tenancy/shared");
    }

    private static AdvisoryLock acquire(Session session, String key) {
        session.fetch(LockStatements.acquire(key));
        return new AdvisoryLock(session, key);
    }

    /** Gives the lock back. */
    @Override
    public void close() {
        session.fetch(LockStatements.release(key));
    }
}
