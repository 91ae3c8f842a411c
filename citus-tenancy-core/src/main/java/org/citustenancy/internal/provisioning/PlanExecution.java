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
import org.citustenancy.internal.running.StageThreads;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.running.StepProgress;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.progress.Activity;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One plan on its way: first what is shared between projects, then the rest. */
public final class PlanExecution {

    private static final Logger LOG = LoggerFactory.getLogger(PlanExecution.class);

    private final String project;
    private final List<NumberedStep> steps;
    private final StepProgress progress;
    private final PlanRunner runner;
    private final Set<String> reaching = new HashSet<>();

    /**
     * A plan that is about to run.
     *
     * @param cluster the cluster
     * @param topology its nodes
     * @param project the database that the plan is about
     * @param steps the steps in the order of their stages
     * @param sessions the sessions to work through
     * @param listener is notified of each step
     */
    public PlanExecution(
            Cluster cluster,
            Topology topology,
            String project,
            List<PlannedStep> steps,
            ProjectSessions sessions,
            StepListener listener) {
        this.project = project;
        ProvisioningPlan shown = PlanPrinter.show(project, cluster.maintenanceDatabase(), steps);
        this.steps = IntStream.range(0, steps.size())
                .mapToObj(index ->
                        new NumberedStep(steps.get(index), shown.steps().get(index)))
                .toList();
        this.progress = new StepProgress(
                project, steps.size(), listener, cluster.reports().begin(Activity.STEPS, project, listener.ofCall()));
        Predicate<String> blocked = user -> {
            boolean isBlocked =
                    !WorkerAccess.blocked(sessions.project(), topology, user).isEmpty();
            if (!isBlocked) {
                reaching.add(user);
            }
            return isBlocked;
        };
        this.runner = new PlanRunner(
                sessions,
                new StageThreads(cluster.threads()),
                blocked,
                new CopiesOfAllNodes(cluster, project, sessions));
    }

    /**
     * Runs all of it; the caller holds what locks it needs.
     *
     * @return what became of each step
     * @throws org.citustenancy.errors.StepFailedException if one fails; what ran before it stands
     */
    public List<StepOutcome> run() {
        return run(step -> true);
    }

    /** The users that were seen to get through to every worker, where that had to be known. */
    Set<String> reaching() {
        return Set.copyOf(reaching);
    }

    /**
     * Runs the part that touches what projects share; the caller holds that lock.
     *
     * @return what became of each step
     */
    public List<StepOutcome> runGlobalStages() {
        return run(step -> step.planned().stage().isGlobal());
    }

    /**
     * Runs all but that.
     *
     * @return what became of each step
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
