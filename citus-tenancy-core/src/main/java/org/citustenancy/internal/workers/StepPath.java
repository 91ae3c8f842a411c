package org.citustenancy.internal.workers;

import java.util.List;
import java.util.function.Supplier;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ProjectContext;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Topology;

/**
 * Runs the steps of a change of the workers, or only reports them as not done. So the plan that is shown comes from the
 * same code as the change.
 */
record StepPath(Cluster cluster, Purpose purpose) {

    boolean plans() {
        return purpose == Purpose.PLAN;
    }

    /** Runs steps, or reports them. */
    List<StepOutcome> take(
            Topology topology,
            String database,
            List<PlannedStep> steps,
            ProjectSessions sessions,
            StepListener progress) {
        if (!plans()) {
            return new ProjectContext(cluster, topology, sessions, database, progress).run(steps);
        }
        List<StepOutcome> shown = notDone(PlanPrinter.show(database, cluster.maintenanceDatabase(), steps));
        shown.forEach(outcome -> progress.stepEnded(database, outcome));
        return shown;
    }

    /** Returns the steps of another plan as not done. */
    static List<StepOutcome> notDone(ProvisioningPlan plan) {
        return plan.steps().stream().map(step -> new StepOutcome(step, false)).toList();
    }

    /**
     * Runs work under a lock, unless for a plan. A plan takes no lock, because it would wait for the operation with
     * which it is compared.
     */
    <T> T holding(Supplier<AdvisoryLock> lock, Supplier<T> work) {
        if (plans()) {
            return work.get();
        }
        try (AdvisoryLock held = lock.get()) {
            return work.get();
        }
    }
}
