package org.citustenancy.cloning;

import org.citustenancy.progress.ProgressListener;

/**
 * The options of a copy of a project on the same cluster.
 *
 * <pre>{@code
 * app.cloneTo("app_production_pr_42", options -> options.endingSessions());
 * }</pre>
 *
 * @param endSessions whether to end open sessions in the project; otherwise the copy fails if there are any
 * @param listener receives the progress of the copy
 */
public record CloneOptions(boolean endSessions, ProgressListener listener) {

    /** Refuses to copy a project with open sessions. */
    public static final CloneOptions STANDARD = new CloneOptions(false, ProgressListener.NONE);

    /**
     * Returns options that end all open sessions in the project on every node. Their transactions are rolled back.
     *
     * @return a copy
     */
    public CloneOptions endingSessions() {
        return new CloneOptions(true, listener);
    }

    /**
     * Returns a copy with a listener that receives the progress.
     *
     * @param progress the listener
     * @return a copy
     */
    public CloneOptions onProgress(ProgressListener progress) {
        return new CloneOptions(endSessions, progress);
    }
}
