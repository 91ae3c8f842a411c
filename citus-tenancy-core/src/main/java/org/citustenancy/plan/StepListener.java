package org.citustenancy.plan;

/**
 * Is notified of each step of one request when it has ended, with its statement. Called by the threads that do the work, so it
 * must be quick and must bear to be called by several at a time. What it throws ends the request, as a failed step does. To show
 * how far an operation has come, take a {@link org.citustenancy.progress.ProgressListener} of the cluster.
 *
 * <pre>{@code
 * cluster.project("shop").withUser().onStep((project, outcome) -> log.info("{}: {}", project, outcome)).create();
 * }</pre>
 */
@FunctionalInterface
public interface StepListener {

    /** A listener that does nothing. */
    StepListener NONE = (project, outcome) -> {};

    /**
     * A step has ended without a failure.
     *
     * @param project the project's name
     * @param outcome what became of the step
     */
    void stepEnded(String project, StepOutcome outcome);
}
