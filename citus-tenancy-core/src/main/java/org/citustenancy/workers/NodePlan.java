package org.citustenancy.workers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.failures.FailureReasons;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.topology.Node;

/**
 * The planned steps to add, drain, remove or relocate a node, the counterpart of {@link NodeChange}. Its text
 * contains each statement with its node and its reason, and each move of shards.
 *
 * <pre>{@code
 * System.out.println(cluster.workers().planRemove("citus-worker-1", 5432).orThrow());
 * }</pre>
 *
 * @param node the node; after a relocation, at its new address
 * @param cluster the steps for the cluster as a whole, under the name of the maintenance database
 * @param projects the steps of each project
 * @param moves the shards that move to other nodes
 * @param failures the projects that refuse the change, with the exception that the change would report for them
 */
public record NodePlan(
        Node node,
        ProvisioningPlan cluster,
        Map<String, ProvisioningPlan> projects,
        PlannedMoves moves,
        Map<String, CitusTenancyException> failures) {

    /** Copies the maps. */
    public NodePlan {
        projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /**
     * Returns whether everything is in the requested state already.
     *
     * @return true if the plan has no steps, and no project refuses the change
     */
    public boolean isEmpty() {
        return cluster.isEmpty()
                && projects.values().stream().allMatch(ProvisioningPlan::isEmpty)
                && moves.isEmpty()
                && failures.isEmpty();
    }

    /**
     * Returns this plan, or throws an exception that names the projects that refuse the change.
     *
     * @return this
     * @throws ConflictException with the projects' own exceptions attached
     */
    public NodePlan orThrow() {
        if (failures.isEmpty()) {
            return this;
        }
        ConflictException refused = new ConflictException(
                Failure.of("Not every project could follow the " + node + ": " + FailureReasons.of(failures))
                        .state("nothing was changed")
                        .fix("fix the causes, and plan again"));
        failures.values().forEach(refused::addSuppressed);
        throw refused;
    }

    /** Returns the plan in readable form. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        if (!cluster.isEmpty()) {
            lines.add(cluster.toString());
        }
        projects.values().stream()
                .filter(plan -> !plan.isEmpty())
                .map(ProvisioningPlan::toString)
                .forEach(lines::add);
        if (!moves.isEmpty()) {
            lines.add(moves.toString());
        }
        failures.forEach((project, failure) -> lines.add("Project \"" + project + "\": " + failure.getMessage()));
        return lines.isEmpty() ? node + ": nothing to do" : node + ":\n" + String.join("\n", lines);
    }
}
