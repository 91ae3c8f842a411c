package org.citustenancy.internal.workers;

import java.util.List;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;

/** The projects that follow a worker. One that is being created or dropped is left to that operation. */
public final class ManagedProjects {

    private ManagedProjects() {}

    static List<String> names(Cluster cluster) {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return names(cluster, session);
        }
    }

    /** Those that take no connections, and that fit the nodes for which they were made. */
    static List<String> templates(Cluster cluster) {
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return cluster.registry(session).list().stream()
                    .filter(project -> project.state() == ProjectState.SEALED)
                    .map(RegisteredProject::name)
                    .toList();
        }
    }

    /**
     * Their names, read in a session that is open.
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
