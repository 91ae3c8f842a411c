package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.citustenancy.internal.observing.WorkerAccess;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.running.NumberedStep;
import org.citustenancy.internal.running.PlanRunner;
import org.citustenancy.internal.running.StageThreads;
import org.citustenancy.internal.running.StepProgress;
import org.citustenancy.internal.session.Lane;
import org.citustenancy.plan.ProgressListener;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Topology;

/** One plan on its way: first what is shared between projects, then the rest. */
final class PlanExecution {

    private final List<NumberedStep> steps;
    private final StepProgress progress;
    private final PlanRunner runner;

    PlanExecution(
            Cluster cluster,
            Topology topology,
            String project,
            List<PlannedStep> steps,
            Lane coordinatorLane,
            Lane workerLane,
            ProgressListener listener) {
        ProvisioningPlan shown = PlanPrinter.show(project, cluster.maintenanceDatabase(), steps);
        this.steps = IntStream.range(0, steps.size())
                .mapToObj(index ->
                        new NumberedStep(steps.get(index), shown.steps().get(index)))
                .toList();
        this.progress = new StepProgress(project, steps.size(), listener);
        Predicate<String> blocked = user ->
                !WorkerAccess.blocked(coordinatorLane.project(), topology, user).isEmpty();
        this.runner = new PlanRunner(coordinatorLane, workerLane, new StageThreads(cluster.threads()), blocked);
    }

    List<StepOutcome> runWhatIsShared() {
        return run(step -> step.planned().stage().isGlobal());
    }

    List<StepOutcome> runTheRest() {
        return run(step -> !step.planned().stage().isGlobal());
    }

    private List<StepOutcome> run(Predicate<NumberedStep> which) {
        return runner.run(steps.stream().filter(which).toList(), progress);
    }
}
