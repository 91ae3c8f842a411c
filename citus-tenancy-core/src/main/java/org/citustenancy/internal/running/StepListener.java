package org.citustenancy.internal.running;

import org.citustenancy.plan.StepOutcome;
import org.citustenancy.progress.ProgressListener;

/**
 * Is notified of each step when it has ended, with its statement. Called by the threads that do the work, several at a time. What
 * it throws ends the operation, as a failed step does.
 */
@FunctionalInterface
public interface StepListener {

    /** A listener that does nothing. */
    StepListener NONE = (project, outcome) -> {};

    /** A step has ended without a failure. */
    void stepEnded(String project, StepOutcome outcome);

    /** The listener of the call that the steps belong to. */
    default ProgressListener ofCall() {
        return ProgressListener.NONE;
    }

    /**
     * Keeps nothing of the steps; the listener of a call hears how many have ended.
     *
     * @param listener the listener of the call
     */
    static StepListener of(ProgressListener listener) {
        return new StepListener() {
            @Override
            public void stepEnded(String project, StepOutcome outcome) {
                // The report of the plan counts it.
            }

            @Override
            public ProgressListener ofCall() {
                return listener;
            }
        };
    }

    /**
     * This listener, and before it another one.
     *
     * @param first is notified first
     * @return both
     */
    default StepListener after(StepListener first) {
        StepListener second = this;
        return new StepListener() {
            @Override
            public void stepEnded(String project, StepOutcome outcome) {
                first.stepEnded(project, outcome);
                second.stepEnded(project, outcome);
            }

            @Override
            public ProgressListener ofCall() {
                return second.ofCall();
            }
        };
    }
}
