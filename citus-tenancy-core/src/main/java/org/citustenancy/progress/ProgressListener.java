package org.citustenancy.progress;

/**
 * Receives the progress of a long operation: each finished unit of work, each new phase, and an update about every 30 seconds
 * in between.
 *
 * <pre>{@code
 * cluster.onProgress(progress -> log.info("{}", progress));                          // all operations
 * app.backup(directory, options -> options.onProgress(ProgressLine.to(System.err)));   // this one
 * }</pre>
 *
 * <p>Called by the threads that do the work, one call at a time for each operation on a project, and by several at a time for
 * several projects. The operation waits for it, so it must be quick. A {@link RuntimeException} that it throws is logged as a
 * warning, and the operation goes on.
 */
@FunctionalInterface
public interface ProgressListener {

    /** A listener that does nothing. */
    ProgressListener NONE = progress -> {};

    /**
     * An operation has progressed.
     *
     * @param progress the progress
     */
    void progressed(Progress progress);
}
