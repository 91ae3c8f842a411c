package org.citustenancy.internal.provisioning;

import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.registry.ProjectState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes a project from the registry, without a change on any node. */
public final class ProjectUnregistration {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectUnregistration.class);

    private final Cluster cluster;

    /** Creates the unregistration of projects of a cluster. */
    public ProjectUnregistration(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Removes a project from the registry, under its lock. */
    public void unregister(String project) {
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, cluster.deadline());
                AdvisoryLock lock = AdvisoryLock.onProject(sessions.maintenance(), project)) {
            ProjectRegistry registry = cluster.registry(sessions.maintenance());
            ProjectRegistry.Entry entry = registry.require(project);
            if (entry.state() == ProjectState.DROPPING) {
                throw new ConflictException(Failure.of("The project \"" + project + "\" is being dropped")
                        .state("nothing was changed")
                        .fix("drop it again to finish that"));
            }
            registry.remove(project);
            LOG.info("Removed \"{}\" from the registry; its databases and users stay", project);
        }
    }
}
