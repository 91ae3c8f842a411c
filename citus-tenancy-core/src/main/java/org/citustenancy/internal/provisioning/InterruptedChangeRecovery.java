package org.citustenancy.internal.provisioning;

import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.Session;
import org.citustenancy.registry.ProjectState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finishes a change of a project that an earlier call began and did not finish. */
public final class InterruptedChangeRecovery {

    private static final Logger LOG = LoggerFactory.getLogger(InterruptedChangeRecovery.class);

    private final Cluster cluster;

    /** Creates a recovery of the interrupted changes on a cluster. */
    public InterruptedChangeRecovery(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Reconciles a project that the registry reports as changing, after an operation whose result the caller needs. A
     * failure is logged, and the project remains in need of a repair. The caller does not hold the project's lock.
     */
    public void finishIfPossible(Session maintenance, String project) {
        try {
            finish(maintenance, project);
        } catch (RuntimeException failure) {
            LOG.warn("\"{}\" is still being changed; repair() finishes that", project, failure);
        }
    }

    /**
     * Reconciles a project that the registry reports as changing with its desired state. The caller does not hold the
     * project's lock.
     */
    public void finish(Session maintenance, String project) {
        boolean unfinished = cluster.registry(maintenance)
                .find(project)
                .map(entry -> entry.state() == ProjectState.CHANGING)
                .orElse(false);
        if (unfinished) {
            new ProjectProvisioner(cluster, ProvisioningMode.REPAIR)
                    .create(DesiredProject.named(project), StepListener.NONE);
        }
    }
}
