package org.citustenancy.internal.provisioning;

import java.util.List;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Topology;

/**
 * The resources of an operation on one project: the cluster, its nodes as read at the beginning, the sessions of the
 * operation, and the listener of its steps.
 *
 * @param cluster the cluster
 * @param topology the nodes that the operation covers
 * @param sessions sessions in the maintenance database and in the project's
 * @param project the project's database; for plans of the cluster itself, the maintenance database
 * @param listener is notified of each step
 */
public record ProjectContext(
        Cluster cluster, Topology topology, ProjectSessions sessions, String project, StepListener listener) {

    /** Creates the context of an operation that reports no steps. */
    public ProjectContext(Cluster cluster, Topology topology, ProjectSessions sessions, String project) {
        this(cluster, topology, sessions, project, StepListener.NONE);
    }

    /** Returns the registry, over the operation's session in the maintenance database. */
    ProjectRegistry registry() {
        return cluster.registry(sessions.maintenance());
    }

    /**
     * Runs a whole plan. The caller holds the locks that it needs.
     *
     * @param steps the steps in the order of their stages
     * @throws org.citustenancy.errors.StepFailedException if a step fails; the steps before it remain done
     */
    public List<StepOutcome> run(List<PlannedStep> steps) {
        return executionOf(steps).run();
    }

    /** Returns a plan that runs in parts, under different locks. */
    public PlanExecution executionOf(List<PlannedStep> steps) {
        return new PlanExecution(this, steps);
    }
}
