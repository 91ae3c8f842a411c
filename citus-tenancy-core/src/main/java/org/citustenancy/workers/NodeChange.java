package org.citustenancy.workers;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.internal.failures.FailureReasons;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;

/**
 * The result of adding, draining, removing or relocating a node.
 *
 * @param node the node; after a relocation, at its new address
 * @param outcomes the completed steps for the cluster as a whole, empty if nothing was needed
 * @param projects the completed steps of each project, empty lists where nothing was needed
 * @param failures the projects in which it failed
 * @param took the duration
 */
public record NodeChange(
        Node node,
        List<StepOutcome> outcomes,
        Map<String, List<StepOutcome>> projects,
        Map<String, CitusTenancyException> failures,
        Duration took) {

    /** Copies the collections. */
    public NodeChange {
        outcomes = List.copyOf(outcomes);
        projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /**
     * Returns whether anything was changed.
     *
     * @return false if everything was in the requested state already
     */
    public boolean changed() {
        return !outcomes.isEmpty() || projects.values().stream().anyMatch(steps -> !steps.isEmpty());
    }

    /**
     * Returns one line, as in {@code worker citus-worker-3:5432: 4 steps in the cluster, 31 in 12 projects (5120 ms)}.
     */
    @Override
    public String toString() {
        long changed =
                projects.values().stream().filter(steps -> !steps.isEmpty()).count();
        int steps = projects.values().stream().mapToInt(List::size).sum();
        String failed = failures.isEmpty() ? "" : "; failed in " + String.join(", ", failures.keySet());
        return "%s: %d steps in the cluster, %d in %d projects%s (%d ms)"
                .formatted(node, outcomes.size(), steps, changed, failed, took.toMillis());
    }

    /**
     * Returns this change, or throws an exception that names the projects in which it failed.
     *
     * @return this
     * @throws IncompleteException with the projects' own exceptions attached
     */
    public NodeChange orThrow() {
        if (failures.isEmpty()) {
            return this;
        }
        IncompleteException incomplete = new IncompleteException(
                Failure.of("Not every project followed the " + node + ": " + FailureReasons.of(failures))
                        .state(projects.size() + " projects followed it")
                        .fix("fix the causes and call it again; it goes on with the projects that are left"));
        failures.values().forEach(incomplete::addSuppressed);
        throw incomplete;
    }
}
