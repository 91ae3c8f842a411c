package org.citustenancy.cloning;

import org.citustenancy.plan.StepListener;

/**
 * How a project is copied.
 *
 * <pre>{@code
 * app.cloneTo("app_production_pr_42", options -> options.endingSessions());
 * }</pre>
 *
 * @param endSessions whether sessions that are open in the project are ended; otherwise they are in the way
 * @param listener is told of each step by which the copy comes into being
 */
public record CloneOptions(boolean endSessions, StepListener listener) {

    /** Refuses to copy a project in which somebody is. */
    public static final CloneOptions STANDARD = new CloneOptions(false, StepListener.NONE);

    /**
     * The same, ending whatever sessions are open in the project on any node. Their transactions are rolled back.
     *
     * @return a copy
     */
    public CloneOptions endingSessions() {
        return new CloneOptions(true, listener);
    }

    /**
     * The same with somebody who is told.
     *
     * @param progress the listener
     * @return a copy
     */
    public CloneOptions onStep(StepListener progress) {
        return new CloneOptions(endSessions, progress);
    }
}
