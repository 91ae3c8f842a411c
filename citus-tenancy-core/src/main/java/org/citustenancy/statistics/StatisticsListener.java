package org.citustenancy.statistics;

import org.citustenancy.errors.CitusTenancyException;

/** Is notified of figures when they are read, to publish them to a metrics system. */
@FunctionalInterface
public interface StatisticsListener {

    /**
     * Is called when figures were read.
     *
     * @param figures the figures
     */
    void figuresRead(ClusterFigures figures);

    /**
     * Is called when {@code sampleEvery} could not read figures this time.
     *
     * @param failure the reason
     */
    default void readingFailed(CitusTenancyException failure) {}
}
