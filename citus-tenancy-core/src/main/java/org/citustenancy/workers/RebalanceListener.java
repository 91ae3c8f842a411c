package org.citustenancy.workers;

/** Is told how far the moving of shards has come, on the threads that wait for it. */
@FunctionalInterface
public interface RebalanceListener {

    /** Does nothing. */
    RebalanceListener NONE = progress -> {};

    /**
     * There is progress, or time has passed without.
     *
     * @param progress how far a project has come
     */
    void progress(RebalanceProgress progress);
}
