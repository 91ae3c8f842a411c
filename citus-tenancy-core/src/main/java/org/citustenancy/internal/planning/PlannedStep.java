package org.citustenancy.internal.planning;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.topology.Node;

/**
 * A step that can be run.
 *
 * @param stage the stage in which it runs
 * @param node the node on which it runs
 * @param work the statement
 * @param reason the difference that it ends, and a description
 * @param onlyIfBlocked a user; the step is skipped unless this user is blocked when the stage begins
 */
public record PlannedStep(Stage stage, Node node, Work work, Reason reason, Optional<String> onlyIfBlocked) {

    /**
     * The reason for a step.
     *
     * @param fault the difference on the node, in one line; empty for a step that ends no difference
     * @param description what the step does, in one line
     */
    record Reason(String fault, String description) {}

    static PlannedStep transactional(Stage stage, Node node, Query query, String description) {
        return new PlannedStep(stage, node, new Work.Transactional(query), described(description), Optional.empty());
    }

    static PlannedStep standalone(Stage stage, Node node, Query query, String description) {
        return new PlannedStep(stage, node, new Work.Standalone(query), described(description), Optional.empty());
    }

    static PlannedStep confidential(Stage stage, Node node, Query query, Query shown, String description) {
        return new PlannedStep(
                stage, node, new Work.Confidential(query, shown), described(description), Optional.empty());
    }

    static PlannedStep referenceCopies(Stage stage, Node node, Query shown, boolean onlyCheck, String description) {
        return new PlannedStep(
                stage, node, new Work.ReferenceCopies(shown, onlyCheck), described(description), Optional.empty());
    }

    static PlannedStep functionBodies(Stage stage, Node node, Query shown, String description) {
        return new PlannedStep(stage, node, new Work.FunctionBodies(shown), described(description), Optional.empty());
    }

    private static Reason described(String description) {
        return new Reason("", description);
    }

    static List<PlannedStep> inOrder(Collection<PlannedStep> steps) {
        return steps.stream().sorted(Comparator.comparing(PlannedStep::stage)).toList();
    }

    /**
     * Returns a description of the step.
     *
     * @return one line in plain words
     */
    public String description() {
        return reason.description();
    }

    /**
     * Returns the difference on the node until the step is done.
     *
     * @return one line in plain words, empty for a step that ends no difference
     */
    public String fault() {
        return reason.fault();
    }

    /**
     * Returns the same step with a reason.
     *
     * @param fault the difference on the node until the step is done, in one line
     */
    public PlannedStep because(String fault) {
        return new PlannedStep(stage, node, work, new Reason(fault, reason.description()), onlyIfBlocked);
    }

    PlannedStep onlyIfBlocked(String user) {
        return new PlannedStep(stage, node, work, reason, Optional.of(user));
    }
}
