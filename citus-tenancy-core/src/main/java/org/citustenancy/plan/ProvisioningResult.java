package org.citustenancy.plan;

import java.time.Duration;
import java.util.List;

/**
 * The result of a request.
 *
 * @param project the project's name
 * @param outcomes the outcome of each step, empty if no steps were needed
 * @param waiting the changes that wait for a table or schema that does not exist yet, one per line
 * @param took the duration, including locks and observation
 */
public record ProvisioningResult(String project, List<StepOutcome> outcomes, List<String> waiting, Duration took) {

    /** Copies the lists. */
    public ProvisioningResult {
        outcomes = List.copyOf(outcomes);
        waiting = List.copyOf(waiting);
    }

    /**
     * Returns whether anything was changed.
     *
     * @return false if the project already had the desired state
     */
    public boolean changed() {
        return outcomes.stream().anyMatch(StepOutcome::done);
    }

    /** Returns one readable line. */
    @Override
    public String toString() {
        long done = outcomes.stream().filter(StepOutcome::done).count();
        return "Project \"" + project + "\": "
                + (changed() ? done + " steps done" : "unchanged, everything is in the desired state") + " ("
                + took.toMillis() + " ms)" + (waiting.isEmpty() ? "" : "; " + String.join("; ", waiting));
    }
}
