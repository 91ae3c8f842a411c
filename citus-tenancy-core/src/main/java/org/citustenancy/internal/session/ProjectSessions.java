package org.citustenancy.internal.session;

import java.util.function.Supplier;

/**
 * The sessions of one line of work on a project: in the maintenance database and in the project's, each opened when it
 * is first needed.
 */
public final class ProjectSessions implements AutoCloseable {

    private final DatabaseSessions maintenance;
    private final DatabaseSessions inProject;

    /**
     * No session is open yet.
     *
     * @param sessions opens them
     * @param project the project's database
     * @param deadline by when the work must have ended
     */
    public ProjectSessions(Sessions sessions, String project, Deadline deadline) {
        this(() -> sessions.maintenance(deadline), () -> sessions.admin(project, deadline));
    }

    /**
     * No session is open yet, whose sessions in the project's database may be those of another role than the admin.
     *
     * @param maintenance opens sessions in the maintenance database
     * @param inProject opens sessions in the project's database
     */
    public ProjectSessions(Supplier<Session> maintenance, Supplier<Session> inProject) {
        this.maintenance = new DatabaseSessions(maintenance);
        this.inProject = new DatabaseSessions(inProject);
    }

    /**
     * The session in the maintenance database.
     *
     * @return the same one each time
     */
    public Session maintenance() {
        return maintenance.session();
    }

    /**
     * The session in the project's database, which must exist.
     *
     * @return the same one each time
     */
    public Session project() {
        return inProject.session();
    }

    /**
     * Commands to the workers, in the maintenance database, while its session may be at work.
     *
     * @return the way there
     */
    public NodeCommands besideMaintenance() {
        return maintenance.beside();
    }

    /**
     * Commands to the workers, in the project's database, while its session may be at work.
     *
     * @return the way there
     */
    public NodeCommands besideProject() {
        return inProject.beside();
    }

    /** Leaves the project's database, so that it can be dropped. */
    public void leaveProject() {
        inProject.close();
    }

    /** Closes what was opened. */
    @Override
    public void close() {
        inProject.close();
        maintenance.close();
    }
}
