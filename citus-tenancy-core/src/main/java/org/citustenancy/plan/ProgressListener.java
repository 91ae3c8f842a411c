package org.citustenancy.plan;

/**
 * Is told of each step when it has ended. Called by the threads that do the work, so it must be quick and must bear to
 * be called by several at a time.
 *
 * <pre>{@code
 * cluster.project("shop").withUser().onProgress((project, outcome) -> log.info("{}: {}", project, outcome)).create();
 * }</pre>
 */
@FunctionalInterface
public interface ProgressListener {

    /** A listener that does nothing. */
    ProgressListener NONE = (project, outcome) -> {};

    /**
     * A step has ended without a failure.
     *
     * @param project the project's name
     * @param outcome what became of the step
     */
    void stepEnded(String project, StepOutcome outcome);
}
