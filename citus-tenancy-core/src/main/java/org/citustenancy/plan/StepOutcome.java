package org.citustenancy.plan;

/**
 * The outcome of a step that did not fail.
 *
 * @param step the step
 * @param done true if it ran; false if it was not needed when its turn came
 */
public record StepOutcome(Step step, boolean done) {

    /**
     * Returns the step on one line, and whether it ran, as in
     * {@code  2. coordinator citus:5432, shop: create the database: done}.
     */
    @Override
    public String toString() {
        return step + (done ? ": done" : ": not needed");
    }
}
