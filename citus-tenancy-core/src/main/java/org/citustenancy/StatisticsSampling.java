package org.citustenancy;

import java.time.Duration;
import java.util.List;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.internal.concurrent.PeriodicTask;
import org.citustenancy.statistics.StatisticsListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads figures periodically until it is closed. */
public final class StatisticsSampling implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatisticsSampling.class);

    private final PeriodicTask readings;

    private StatisticsSampling(PeriodicTask readings) {
        this.readings = readings;
    }

    static StatisticsSampling start(
            ClusterStatistics statistics, Duration interval, List<StatisticsListener> listeners) {
        return new StatisticsSampling(
                PeriodicTask.start("citus-tenancy-statistics", interval, () -> sample(statistics, listeners)));
    }

    private static void sample(ClusterStatistics statistics, List<StatisticsListener> listeners) {
        try {
            statistics.overview();
        } catch (CitusTenancyException failure) {
            listeners.forEach(listener -> listener.readingFailed(failure));
        } catch (RuntimeException failure) {
            // The next figures are delivered even to a listener that has failed once.
            LOG.warn("A listener for figures has failed", failure);
        }
    }

    /** Ends the sampling. Discards figures that are being read. */
    @Override
    public void close() {
        readings.close();
    }
}
