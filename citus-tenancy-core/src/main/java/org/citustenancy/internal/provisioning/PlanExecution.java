package org.citustenancy.internal.provisioning;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.citustenancy.internal.observing.WorkerAccess;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.running.NumberedStep;
import org.citustenancy.internal.running.PlanRunner;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.running.StepProgress;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.progress.Activity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one plan: first the stages that change what projects share, then the other stages. */
public final class PlanExecution {

    private static final Logger LOG = LoggerFactory.getLogger(PlanExecution.class);

    private final String project;
    private final List<NumberedStep> steps;
    private final StepProgress progress;
    private final PlanRunner runner;
    private final Set<String> reaching = new HashSet<>();

    PlanExecution(ProjectContext context, List<PlannedStep> steps) {
        this.project = context.project();
        Cluster cluster = context.cluster();
        ProvisioningPlan shown = PlanPrinter.show(project, cluster.maintenanceDatabase(), steps);
        this.steps = IntStream.range(0, steps.size())
                .mapToObj(index ->
                        new NumberedStep(steps.get(index), shown.steps().get(index)))
                .toList();
        StepListener listener = context.listener();
        this.progress = new StepProgress(
                project, steps.size(), listener, cluster.reports().begin(Activity.STEPS, project, listener.ofCall()));
        Predicate<String> blocked = user -> {
            boolean isBlocked = !WorkerAccess.blocked(context.sessions().project(), context.topology(), user)
                    .isEmpty();
            if (!isBlocked) {
                reaching.add(user);
            }
            return isBlocked;
        };
        this.runner = new PlanRunner(context.sessions(), cluster.threads(), blocked, new CopiesOfAllNodes(context));
    }

    /**
     * Runs the whole plan. The caller holds the locks that it needs.
     *
     * @throws org.citustenancy.errors.StepFailedException if a step fails; the steps before it remain done
     */
    public List<StepOutcome> run() {
        return run(step -> true);
    }

    /** Returns the users that reached every worker, as far as steps depended on that. */
    Set<String> reaching() {
        return Set.copyOf(reaching);
    }

    /** Runs the stages that change what projects share. The caller holds the lock for them. */
    public List<StepOutcome> runGlobalStages() {
        return run(step -> step.planned().stage().isGlobal());
    }

    /**
     * Runs the other stages.
     *
     * @return the outcome of each step of the plan so far
     */
    public List<StepOutcome> runProjectStages() {
        return run(step -> !step.planned().stage().isGlobal());
    }

    private List<StepOutcome> run(Predicate<NumberedStep> which) {
        long before = done(progress.outcomes());
        long begun = System.nanoTime();
        List<StepOutcome> outcomes = runner.run(steps.stream().filter(which).toList(), progress);
        long done = done(outcomes) - before;
        if (done > 0) {
            LOG.info(
                    "Changed \"{}\": {} steps of {} done in {} ms",
                    project,
                    done,
                    steps.size(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
        }
        return outcomes;
    }

    private static long done(List<StepOutcome> outcomes) {
        return outcomes.stream().filter(StepOutcome::done).count();
    }
}
