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
 * The one way of a change of the workers to its steps: they are run, or only reported as not done. So the plan that is shown
 * comes from the same code as the change.
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

    /** The steps of a plan that comes from elsewhere. */
    static List<StepOutcome> notDone(ProvisioningPlan plan) {
        return plan.steps().stream().map(step -> new StepOutcome(step, false)).toList();
    }

    /** A plan takes no lock: it would wait for the operation that it is to be compared with. */
    <T> T holding(Supplier<AdvisoryLock> lock, Supplier<T> work) {
        if (plans()) {
            return work.get();
        }
        try (AdvisoryLock held = lock.get()) {
            return work.get();
        }
    }
}
