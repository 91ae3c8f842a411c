package org.citustenancy.spring.internal.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.citustenancy.CitusCluster;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.properties.FiguresProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache of the last figures. A request for outdated figures returns them at once and starts a reading on another
 * thread. At most one reading runs at a time.
 */
public final class FiguresCache implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FiguresCache.class);

    private final ClusterConnection connection;
    private final Duration refreshEvery;
    private final FiguresReader reader;
    private final ExecutorService thread;
    private Snapshot latest = Snapshot.without(Optional.empty(), "The cluster was not asked yet");
    private @Nullable Reading running;

    /** A reading that is running. */
    private record Reading(Instant since, Future<?> end) {}

    /**
     * Creates an empty cache.
     *
     * @param connection the connection, used only if the application connected to the cluster before
     * @param properties the maximum age of the figures
     */
    public FiguresCache(Definitions definitions, ClusterConnection connection, FiguresProperties properties) {
        this.connection = connection;
        this.refreshEvery = properties.refreshEvery();
        this.reader = new FiguresReader(
                definitions.projects().stream().limit(properties.maxProjects()).toList(), properties.shardsEvery());
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread created = new Thread(task, "citus-tenancy-figures");
            created.setDaemon(true);
            return created;
        });
    }

    /**
     * Returns the last snapshot at once.
     *
     * @return the last snapshot; one without figures if the cluster does not respond any more
     */
    public synchronized Snapshot latest() {
        Instant now = Instant.now();
        Reading going = running;
        if (going != null) {
            return going.since().plus(refreshEvery).isAfter(now)
                    ? latest
                    : Snapshot.without(Optional.of(going.since()), "The cluster does not answer the current query");
        }
        boolean old = latest.at().map(at -> !at.plus(refreshEvery).isAfter(now)).orElse(true);
        Optional<CitusCluster> cluster = connection.ifConnected();
        if (old && cluster.isPresent() && !thread.isShutdown()) {
            running = new Reading(now, thread.submit(() -> read(cluster.get())));
        }
        return latest;
    }

    /**
     * Returns the last snapshot, and waits for the first one if there is none.
     *
     * @param timeout the longest wait for the first snapshot
     * @return the last snapshot
     */
    public Snapshot latestWithin(Duration timeout) {
        Snapshot known = latest();
        Future<?> first;
        synchronized (this) {
            first = running == null ? null : running.end();
        }
        if (known.at().isPresent() || first == null) {
            return known;
        }
        try {
            first.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unanswered) {
            LOG.debug("The first figures are not there yet", unanswered);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return latest();
    }

    private void read(CitusCluster cluster) {
        Snapshot read = Snapshot.without(Optional.of(Instant.now()), "The figures could not be read");
        try {
            read = reader.read(cluster);
        } catch (OperationInterruptedException closing) {
            LOG.debug("The application ends while figures are read", closing);
        } catch (RuntimeException failure) {
            LOG.warn("The figures of the projects could not be read", failure);
        } finally {
            keep(read);
        }
    }

    private synchronized void keep(Snapshot read) {
        latest = read;
        running = null;
    }

    /** Stops reading. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
