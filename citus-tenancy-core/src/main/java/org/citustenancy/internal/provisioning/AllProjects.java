package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.function.BiPredicate;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;

/** The names of the managed projects on which an operation on all of them works. */
public final class AllProjects {

    private final Cluster cluster;

    /** Creates the projects of a cluster. */
    public AllProjects(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Returns the names of the projects that can be backed up: those whose drop has not begun and that are no
     * templates.
     *
     * @return in order
     */
    public List<String> names() {
        return names((session, project) -> project.state() != ProjectState.DROPPING);
    }

    /**
     * Returns the names of the projects that can be verified and repaired, or that wait for a call that finishes what
     * an earlier one began. A project that another process drops now is left to that process.
     *
     * @return in order, without templates, which accept no sessions
     */
    public List<String> unlessGoing() {
        return names((session, project) ->
                project.state() != ProjectState.DROPPING || !AdvisoryLock.isAtWork(session, project.name()));
    }

    private List<String> names(BiPredicate<Session, RegisteredProject> which) {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return cluster.registry(session).list().stream()
                    .filter(project -> project.state() != ProjectState.SEALED && which.test(session, project))
                    .map(RegisteredProject::name)
                    .toList();
        }
    }
}
