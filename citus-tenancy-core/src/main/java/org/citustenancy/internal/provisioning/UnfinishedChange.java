package org.citustenancy.internal.provisioning;

import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.StepListener;
import org.citustenancy.registry.ProjectState;

/** What somebody has begun to change in a project, and did not live to end. */
public final class UnfinishedChange {

    private final Cluster cluster;

    /**
     * Unfinished changes on a cluster.
     *
     * @param cluster the cluster
     */
    public UnfinishedChange(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Makes a project that is said to be changing what was asked for. The caller does not hold its lock.
     *
     * @param maintenance a session in the maintenance database
     * @param project its name
     */
    public void finish(Session maintenance, String project) {
        boolean unfinished = cluster.registry(maintenance)
                .find(project)
                .map(entry -> entry.state() == ProjectState.CHANGING)
                .orElse(false);
        if (unfinished) {
            new ProjectProvisioner(cluster, Occasion.REPAIR).create(DesiredProject.named(project), StepListener.NONE);
        }
    }
}
