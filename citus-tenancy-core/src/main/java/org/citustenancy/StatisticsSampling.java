package org.citustenancy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.internal.concurrent.DaemonThreads;
import org.citustenancy.statistics.StatisticsListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads figures periodically until it is closed. */
public final class StatisticsSampling implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatisticsSampling.class);
    private static final long END_SECONDS = 10;

    private final ScheduledExecutorService clock;
    private final Future<?> readings;

    private StatisticsSampling(ScheduledExecutorService clock, Future<?> readings) {
        this.clock = clock;
        this.readings = readings;
    }

    static StatisticsSampling start(
            ClusterStatistics statistics, Duration interval, List<StatisticsListener> listeners) {
        ScheduledExecutorService clock =
                Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("citus-tenancy-statistics"));
        return new StatisticsSampling(
                clock,
                clock.scheduleWithFixedDelay(
                        () -> sample(statistics, listeners), 0, interval.toNanos(), TimeUnit.NANOSECONDS));
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
        readings.cancel(true);
        clock.shutdown();
        try {
            if (!clock.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The last reading of figures did not end within {} s", END_SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
