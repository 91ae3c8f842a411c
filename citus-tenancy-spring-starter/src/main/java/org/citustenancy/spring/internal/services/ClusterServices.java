package org.citustenancy.spring.internal.services;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.citustenancy.CitusCluster;
import org.citustenancy.FailoverMonitor;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of the library for one cluster. They start as soon as the cluster is available, which may be after the
 * start of the application, and end before the connection to the cluster.
 */
public final class ClusterServices implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterServices.class);
    private static final long RETRY_SECONDS = 5;

    private final ClusterConnection cluster;
    private final FailoverOptions failover;
    private final ScheduledExecutorService start;
    private @Nullable FailoverMonitor monitor;
    private boolean closed;

    private ClusterServices(ClusterConnection cluster, FailoverOptions failover) {
        this.cluster = cluster;
        this.failover = failover;
        this.start = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "citus-tenancy-services");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to follow failovers, and tries again until the cluster is available. Does not wait for it. */
    public static ClusterServices start(ClusterConnection cluster, FailoverOptions failover) {
        ClusterServices services = new ClusterServices(cluster, failover);
        services.start.execute(services::tryToStart);
        return services;
    }

    private void tryToStart() {
        try {
            CitusCluster connected = cluster.get();
            begin(connected);
        } catch (CitusTenancyException unavailable) {
            LOG.warn(
                    "The failover monitor could not start; the next attempt is in {} s: {}",
                    RETRY_SECONDS,
                    unavailable.getMessage());
            retryLater();
        } catch (RuntimeException failure) {
            LOG.error("The failover monitor did not start, and no further attempt follows", failure);
        }
    }

    private synchronized void retryLater() {
        if (!closed) {
            Future<?> unused = start.schedule(this::tryToStart, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private synchronized void begin(CitusCluster connected) {
        if (!closed) {
            monitor = connected.followFailovers(standard -> failover);
            start.shutdown();
        }
    }

    /**
     * Returns the monitor.
     *
     * @return empty until the cluster was available once
     */
    public synchronized Optional<FailoverMonitor> monitor() {
        return Optional.ofNullable(monitor);
    }

    /** Returns the time between two rounds of the monitor. */
    public Duration interval() {
        return failover.interval();
    }

    /** Returns the time between two rounds of the recovery of distributed transactions. */
    public Duration recoveryInterval() {
        return failover.recovery().interval();
    }

    @Override
    public void close() {
        start.shutdownNow();
        FailoverMonitor running;
        synchronized (this) {
            closed = true;
            running = monitor;
        }
        if (running != null) {
            running.close();
        }
    }
}
