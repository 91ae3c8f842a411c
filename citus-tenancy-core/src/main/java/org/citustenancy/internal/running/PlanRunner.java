package org.citustenancy.internal.running;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.Stage;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;

/** Runs a plan, stage by stage. In each stage the coordinator and the workers work at the same time. */
public final class PlanRunner {

    private final ProjectSessions sessions;
    private final Executor threads;
    private final Predicate<String> blocked;
    private final CopyRunner copies;

    /**
     * Creates a runner for one project.
     *
     * @param sessions the sessions in which the steps run
     * @param threads runs the coordinator and the workers at the same time
     * @param blocked whether a user does not reach the workers; evaluated once per user
     */
    public PlanRunner(ProjectSessions sessions, Executor threads, Predicate<String> blocked) {
        this(sessions, threads, blocked, CopyRunner.NONE);
    }

    /**
     * Creates a runner for one project that may copy reference tables.
     *
     * @param sessions the sessions in which the steps run
     * @param threads runs the coordinator and the workers at the same time
     * @param blocked whether a user does not reach the workers; evaluated once per user
     * @param copies creates the missing copies
     */
    public PlanRunner(ProjectSessions sessions, Executor threads, Predicate<String> blocked, CopyRunner copies) {
        this.sessions = sessions;
        this.threads = threads;
        this.copies = copies;
        Map<String, Boolean> answers = new HashMap<>();
        this.blocked = user -> answers.computeIfAbsent(user, blocked::test);
    }

    /**
     * Runs steps.
     *
     * @param steps the steps, in the order of their stages
     * @param progress is notified of each step when it has ended
     * @throws org.citustenancy.errors.StepFailedException if a step fails; the steps before it remain done
     */
    public List<StepOutcome> run(List<NumberedStep> steps, StepProgress progress) {
        Map<Stage, List<NumberedStep>> byStage = new EnumMap<>(Stage.class);
        steps.forEach(step -> byStage.computeIfAbsent(step.planned().stage(), stage -> new ArrayList<>())
                .add(step));
        byStage.forEach((stage, ofStage) -> runStage(stage, needed(ofStage, progress), progress));
        return progress.outcomes();
    }

    private List<NumberedStep> needed(List<NumberedStep> steps, StepProgress progress) {
        List<NumberedStep> needed = new ArrayList<>();
        for (NumberedStep step : steps) {
            if (step.planned().onlyIfBlocked().map(blocked::test).orElse(true)) {
                needed.add(step);
            } else {
                progress.notNeeded(step);
            }
        }
        return needed;
    }

    private void runStage(Stage stage, List<NumberedStep> steps, StepProgress progress) {
        List<NumberedStep> onCoordinator = new ArrayList<>();
        Map<Node, List<NumberedStep>> onWorkers = new LinkedHashMap<>();
        for (NumberedStep step : steps) {
            PlannedStep planned = step.planned();
            if (planned.node().isCoordinator()) {
                onCoordinator.add(step);
            } else {
                onWorkers
                        .computeIfAbsent(planned.node(), node -> new ArrayList<>())
                        .add(step);
            }
        }
        if (stage.leavesProject()) {
            sessions.leaveProject();
        }
        // Opened here, and not by both halves at the same time.
        Session session = stage.runsInProject() ? sessions.project() : sessions.maintenance();
        Runnable coordinator = () -> new CoordinatorSteps(session, progress, copies).run(onCoordinator);
        if (onWorkers.isEmpty()) {
            coordinator.run();
        } else if (onCoordinator.isEmpty()) {
            new WorkerSteps(NodeCommands.nearest(session), progress).run(onWorkers);
        } else {
            ParallelTasks.both(threads, coordinator, () -> new WorkerSteps(beside(stage), progress).run(onWorkers));
        }
    }

    private NodeCommands beside(Stage stage) {
        return stage.runsInProject() ? sessions.besideProject() : sessions.besideMaintenance();
    }
}
