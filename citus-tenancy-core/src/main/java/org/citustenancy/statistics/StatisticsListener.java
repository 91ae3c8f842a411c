package org.citustenancy.statistics;

import org.citustenancy.errors.CitusTenancyException;

/** Is notified of figures as they are read, to publish them where metrics are kept. */
@FunctionalInterface
public interface StatisticsListener {

    /**
     * Figures were read.
     *
     * @param figures the figures
     */
    void figuresRead(ClusterFigures figures);

    /**
     * Figures could not be read this time, by {@code sampleEvery}.
     *
     * @param failure why
     */
    default void readingFailed(CitusTenancyException failure) {}
}
