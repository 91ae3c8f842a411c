package org.citustenancy.internal.running;

import org.citustenancy.plan.StepOutcome;
import org.citustenancy.progress.ProgressListener;

/**
 * Is notified of each step when it has ended, with its statement. The threads that run the steps call it, several at a
 * time. An exception from it ends the operation, as a failed step does.
 */
@FunctionalInterface
public interface StepListener {

    /** A listener that does nothing. */
    StepListener NONE = (project, outcome) -> {};

    /** Is called when a step has ended without a failure. */
    void stepEnded(String project, StepOutcome outcome);

    /** Returns the listener of the call that the steps belong to. */
    default ProgressListener ofCall() {
        return ProgressListener.NONE;
    }

    /**
     * Returns a step listener that keeps no steps. The listener of the call gets the number of steps that have ended.
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
     * Returns a listener that notifies another listener before this one.
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
