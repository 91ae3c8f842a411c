package org.citustenancy.cloning;

import org.citustenancy.progress.ProgressListener;

/**
 * How a project is copied.
 *
 * <pre>{@code
 * app.cloneTo("app_production_pr_42", options -> options.endingSessions());
 * }</pre>
 *
 * @param endSessions whether sessions that are open in the project are ended; otherwise the copy fails while there are any
 * @param listener receives the progress of the copy
 */
public record CloneOptions(boolean endSessions, ProgressListener listener) {

    /** Refuses to copy a project in which sessions are open. */
    public static final CloneOptions STANDARD = new CloneOptions(false, ProgressListener.NONE);

    /**
     * The same, but ends all open sessions in the project on every node. Their transactions are rolled back.
     *
     * @return a copy
     */
    public CloneOptions endingSessions() {
        return new CloneOptions(true, listener);
    }

    /**
     * The same, with a listener that receives the progress of the copy.
     *
     * @param progress the listener
     * @return a copy
     */
    public CloneOptions onProgress(ProgressListener progress) {
        return new CloneOptions(endSessions, progress);
    }
}
