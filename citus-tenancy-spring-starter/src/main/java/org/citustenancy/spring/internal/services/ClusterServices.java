package org.citustenancy.spring.internal.services;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.citustenancy.Autosuspend;
import org.citustenancy.CitusCluster;
import org.citustenancy.FailoverMonitor;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.suspending.AutosuspendOptions;
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
    private final Optional<FailoverOptions> failover;
    private final Optional<AutosuspendOptions> autosuspend;
    private final ScheduledExecutorService start;
    private @Nullable FailoverMonitor monitor;
    private @Nullable Autosuspend suspending;
    private volatile Instant started = Instant.MAX;
    private boolean closed;

    private ClusterServices(
            ClusterConnection cluster, Optional<FailoverOptions> failover, Optional<AutosuspendOptions> autosuspend) {
        this.cluster = cluster;
        this.failover = failover;
        this.autosuspend = autosuspend;
        this.start = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "citus-tenancy-services");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Starts the services, and tries again until the cluster is available. Does not wait for it.
     *
     * @param failover how to follow failovers, absent if the application does not
     * @param autosuspend how to suspend unused projects, absent if the application does not
     */
    public static ClusterServices start(
            ClusterConnection cluster, Optional<FailoverOptions> failover, Optional<AutosuspendOptions> autosuspend) {
        ClusterServices services = new ClusterServices(cluster, failover, autosuspend);
        services.start.execute(services::tryToStart);
        return services;
    }

    private void tryToStart() {
        try {
            CitusCluster connected = cluster.get();
            begin(connected);
        } catch (CitusTenancyException unavailable) {
            LOG.warn(
                    "The services of the cluster could not start; the next attempt is in {} s: {}",
                    RETRY_SECONDS,
                    unavailable.getMessage());
            retryLater();
        } catch (RuntimeException failure) {
            LOG.error("The services of the cluster did not start, and no further attempt follows", failure);
        }
    }

    private synchronized void retryLater() {
        if (!closed) {
            Future<?> unused = start.schedule(this::tryToStart, RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private synchronized void begin(CitusCluster connected) {
        if (!closed) {
            started = Instant.now();
            failover.ifPresent(options -> monitor = connected.followFailovers(standard -> options));
            autosuspend.ifPresent(options -> suspending = connected.autosuspend(standard -> options));
            start.shutdown();
        }
    }

    /**
     * Returns the failover monitor.
     *
     * @return empty until the cluster was available once, and if the application does not follow failovers
     */
    public synchronized Optional<FailoverMonitor> monitor() {
        return Optional.ofNullable(monitor);
    }

    /**
     * Returns the service that suspends unused projects.
     *
     * @return empty until the cluster was available once, and if the application does not run it
     */
    public synchronized Optional<Autosuspend> autosuspend() {
        return Optional.ofNullable(suspending);
    }

    /** Returns when the services started, in the far future before that. */
    public Instant started() {
        return started;
    }

    /** Returns how the application follows failovers, absent if it does not. */
    public Optional<FailoverOptions> failover() {
        return failover;
    }

    @Override
    public void close() {
        start.shutdownNow();
        FailoverMonitor running;
        Autosuspend alsoRunning;
        synchronized (this) {
            closed = true;
            running = monitor;
            alsoRunning = suspending;
        }
        if (alsoRunning != null) {
            alsoRunning.close();
        }
        if (running != null) {
            running.close();
        }
    }
}
