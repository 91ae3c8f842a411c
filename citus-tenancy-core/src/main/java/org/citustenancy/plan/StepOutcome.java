package org.citustenancy.plan;

/**
 * What became of a step that did not fail.
 *
 * @param step the step
 * @param done true if it ran; false if it was not needed when its turn came
 */
public record StepOutcome(Step step, boolean done) {}
