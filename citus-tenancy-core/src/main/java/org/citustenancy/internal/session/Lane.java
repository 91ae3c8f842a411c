package org.citustenancy.internal.session;

import org.jspecify.annotations.Nullable;

/**
 * The sessions of one line of work on a project: one in the maintenance database and one in the project's, each opened
 * when it is first needed.
 */
public final class Lane implements AutoCloseable {

    private final Sessions sessions;
    private final String project;
    private final Deadline deadline;
    private @Nullable Session maintenance;
    private @Nullable Session inProject;

    /**
     * A lane without open sessions.
     *
     * @param sessions opens them
     * @param project the project's database
     * @param deadline by when the work must have ended
     */
    public Lane(Sessions sessions, String project, Deadline deadline) {
        this.sessions = sessions;
        this.project = project;
        this.deadline = deadline;
    }

    /**
     * The session in the maintenance database.
     *
     * @return the same one each time
     */
    public Session maintenance() {
        Session session = maintenance;
        if (session == null) {
            session = sessions.maintenance(deadline);
            maintenance = session;
        }
        return session;
    }

    /**
     * The session in the project's database, which must exist.
     *
     * @return the same one each time
     */
    public Session project() {
        Session session = inProject;
        if (session == null) {
            session = sessions.admin(project, deadline);
            inProject = session;
        }
        return session;
    }

    /** Leaves the project's database, so that it can be dropped. */
    public void leaveProject() {
        Session session = inProject;
        inProject = null;
        if (session != null) {
            session.close();
        }
    }

    /** Closes what was opened. */
    @Override
    public void close() {
        leaveProject();
        Session session = maintenance;
        maintenance = null;
        if (session != null) {
            session.close();
        }
    }
}
