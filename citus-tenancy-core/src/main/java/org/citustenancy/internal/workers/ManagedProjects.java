package org.citustenancy.internal.workers;

import java.util.List;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;

/**
 * Lists the projects that follow a change of the workers. A project that is being created or dropped is left to that
 * operation.
 */
public final class ManagedProjects {

    private ManagedProjects() {}

    static List<String> names(Cluster cluster) {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return names(cluster, session);
        }
    }

    /**
     * Returns the templates, which accept no connections and are only valid for the nodes for which they were created.
     */
    static List<String> templates(Cluster cluster) {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return cluster.registry(session).list().stream()
                    .filter(project -> project.state() == ProjectState.SEALED)
                    .map(RegisteredProject::name)
                    .toList();
        }
    }

    /**
     * Returns the names, read in an open session.
     *
     * @return in order
     */
    public static List<String> names(Cluster cluster, Session maintenance) {
        return cluster.registry(maintenance).list().stream()
                .filter(project -> project.state() == ProjectState.READY || project.state() == ProjectState.CHANGING)
                .map(RegisteredProject::name)
                .toList();
    }
}
