package org.citustenancy.internal.session;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one operation on a project: one in the maintenance database and one in the project's, each opened
 * when the operation first needs it, and in both a spare one for the workers while the first is busy.
 */
public final class ProjectSessions implements AutoCloseable {

    private final LazySession maintenance;
    private final LazySession maintenanceSpare;
    private final LazySession project;
    private final LazySession projectSpare;

    /**
     * Creates an object without open sessions.
     *
     * @param sessions opens them
     * @param deadline the time by which the operation must have ended
     */
    public ProjectSessions(Sessions sessions, String project, Deadline deadline) {
        this(() -> sessions.maintenance(deadline), () -> sessions.admin(project, deadline));
    }

    /**
     * Creates an object without open sessions, whose sessions in the project's database may belong to another role than
     * the admin.
     */
    public ProjectSessions(Supplier<Session> maintenance, Supplier<Session> inProject) {
        this.maintenance = new LazySession(maintenance);
        this.maintenanceSpare = new LazySession(maintenance);
        this.project = new LazySession(inProject);
        this.projectSpare = new LazySession(inProject);
    }

    /** Returns the session in the maintenance database, the same one each time. */
    public Session maintenance() {
        return maintenance.get();
    }

    /** Returns the session in the project's database, which must exist. Returns the same one each time. */
    public Session project() {
        return project.get();
    }

    /** Returns commands to the workers in the maintenance database, while its session may be busy. */
    public NodeCommands besideMaintenance() {
        return NodeCommands.beside(maintenance(), maintenanceSpare::get);
    }

    /** Returns commands to the workers in the project's database, while its session may be busy. */
    public NodeCommands besideProject() {
        return NodeCommands.beside(project(), projectSpare::get);
    }

    /** Closes the sessions in the project's database, so that it can be dropped. */
    public void leaveProject() {
        project.close();
        projectSpare.close();
    }

    /** Closes the open sessions. */
    @Override
    public void close() {
        leaveProject();
        maintenance.close();
        maintenanceSpare.close();
    }

    /** A session that is opened at its first use, and again at the first use after it was closed. */
    private static final class LazySession implements AutoCloseable {

        private final Supplier<Session> opening;
        private @Nullable Session session;

        LazySession(Supplier<Session> opening) {
            this.opening = opening;
        }

        Session get() {
            Session open = session;
            if (open == null) {
                open = opening.get();
                session = open;
            }
            return open;
        }

        @Override
        public void close() {
            Session open = session;
            session = null;
            if (open != null) {
                open.close();
            }
        }
    }
}
