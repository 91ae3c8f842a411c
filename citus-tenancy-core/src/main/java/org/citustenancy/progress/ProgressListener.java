package org.citustenancy.progress;

/**
 * Receives the progress of a long operation: each finished unit of work, each new phase, and an update about every 30
 * seconds in between.
 *
 * <pre>{@code
 * cluster.onProgress(progress -> log.info("{}", progress));                          // all operations
 * app.backup(directory, options -> options.onProgress(ProgressLine.to(System.err)));   // this one
 * }</pre>
 *
 * <p>The threads that do the work call the listener: one call at a time for each operation on a project, and several at
 * a time for several projects. The operation waits for the listener, so the listener must be quick. A {@link
 * RuntimeException} of the listener is logged as a warning, and the operation continues.
 */
@FunctionalInterface
public interface ProgressListener {

    /** A listener that does nothing. */
    ProgressListener NONE = progress -> {};

    /**
     * Is called when an operation has progressed.
     *
     * @param progress the progress
     */
    void progressed(Progress progress);
}
