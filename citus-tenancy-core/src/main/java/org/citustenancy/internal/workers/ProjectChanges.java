package org.citustenancy.internal.workers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.internal.concurrent.ParallelTasks;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.Step;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.workers.NodeChange;
import org.citustenancy.workers.NodePlan;
import org.citustenancy.workers.PlannedMove;
import org.citustenancy.workers.PlannedMoves;

/** Collects the result of a change in each project. A failed project does not stop the rest. */
final class ProjectChanges {

    private final Cluster cluster;
    private final Map<String, List<StepOutcome>> done = new LinkedHashMap<>();
    private final Map<String, List<PlannedMove>> moves = new ConcurrentSkipListMap<>();
    private final Map<String, CitusTenancyException> failures = new LinkedHashMap<>();

    ProjectChanges(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Runs the change in all projects that have not failed before. */
    void inEach(List<String> projects, ParallelTasks together, Function<String, List<StepOutcome>> change) {
        List<String> sound =
                projects.stream().filter(name -> !failures.containsKey(name)).toList();
        together.each(sound, name -> attempt(name, change)).forEach(this::keep);
    }

    private Attempt attempt(String project, Function<String, List<StepOutcome>> change) {
        try {
            return new Attempt(project, change.apply(project), Optional.empty());
        } catch (CitusTenancyException failure) {
            return isManaged(project)
                    ? new Attempt(project, List.of(), Optional.of(failure))
                    : new Attempt(project, List.of(), Optional.empty());
        }
    }

    /** Checks whether a project is managed. A project that was dropped meanwhile needs no change. */
    private boolean isManaged(String project) {
        if (Thread.currentThread().isInterrupted()) {
            return true;
        }
        try (Session session = cluster.sessions().maintenance(cluster.deadline())) {
            return cluster.registry(session).find(project).isPresent();
        } catch (CitusTenancyException unknown) {
            return true;
        }
    }

    private void keep(Attempt attempt) {
        attempt.failure()
                .ifPresentOrElse(failure -> failures.put(attempt.project(), failure), () -> done.computeIfAbsent(
                                attempt.project(), name -> new ArrayList<>())
                        .addAll(attempt.outcomes()));
    }

    /** Adds moves of shards that are only planned. */
    void planned(String project, List<PlannedMove> ofProject) {
        moves.put(project, ofProject);
    }

    boolean hasFailed(String project) {
        return failures.containsKey(project);
    }

    boolean failed() {
        return !failures.isEmpty();
    }

    /** Returns the projects that were changed. */
    List<String> changed() {
        return done.entrySet().stream()
                .filter(project -> !project.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Checks whether no project needed a change. */
    boolean nothingDone() {
        return failures.isEmpty() && done.values().stream().allMatch(List::isEmpty);
    }

    NodeChange of(Node worker, List<StepOutcome> outcomes, long begun) {
        return new NodeChange(worker, outcomes, done, failures, Duration.ofNanos(System.nanoTime() - begun));
    }

    /** Returns the plan of a change of which no step was run. */
    NodePlan plan(Node worker, List<StepOutcome> outcomes) {
        Set<String> listed = new HashSet<>();
        ProvisioningPlan ofCluster = plan(cluster.maintenanceDatabase(), outcomes, listed);
        Map<String, ProvisioningPlan> ofProjects = new LinkedHashMap<>();
        done.forEach((project, steps) -> ofProjects.put(project, plan(project, steps, listed)));
        return new NodePlan(worker, ofCluster, ofProjects, new PlannedMoves(moves), failures);
    }

    /**
     * Returns a plan with each statement once. A role that several projects need exists when the second one needs it.
     */
    private static ProvisioningPlan plan(String name, List<StepOutcome> outcomes, Set<String> listed) {
        List<Step> steps = outcomes.stream()
                .map(StepOutcome::step)
                .filter(step -> listed.add(step.node() + " " + step.database() + " " + step.sql()))
                .toList();
        return new ProvisioningPlan(
                name,
                IntStream.range(0, steps.size())
                        .mapToObj(index -> steps.get(index).numbered(index + 1))
                        .toList());
    }

    private record Attempt(String project, List<StepOutcome> outcomes, Optional<CitusTenancyException> failure) {}
}
