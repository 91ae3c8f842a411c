package org.citustenancy.plan;

import java.time.Duration;
import java.util.List;

/**
 * The result of a request.
 *
 * @param project the project's name
 * @param outcomes the outcome of each step, empty if there was nothing to do
 * @param waiting what waits for a table or schema that does not exist yet, a line each
 * @param took how long it took, locks and observing included
 */
public record ProvisioningResult(String project, List<StepOutcome> outcomes, List<String> waiting, Duration took) {

    /** Copies the lists. */
    public ProvisioningResult {
        outcomes = List.copyOf(outcomes);
        waiting = List.copyOf(waiting);
    }

    /**
     * Whether anything was changed.
     *
     * @return false if the project had the desired state already
     */
    public boolean changed() {
        return outcomes.stream().anyMatch(StepOutcome::done);
    }

    /** One line for people. */
    @Override
    public String toString() {
        long done = outcomes.stream().filter(StepOutcome::done).count();
        return "Project \"" + project + "\": "
                + (changed() ? done + " steps done" : "unchanged, everything is in the desired state") + " ("
                + took.toMillis() + " ms)" + (waiting.isEmpty() ? "" : "; " + String.join("; ", waiting));
    }
}
