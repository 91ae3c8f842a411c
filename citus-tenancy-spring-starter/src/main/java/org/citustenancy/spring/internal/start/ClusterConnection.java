package org.citustenancy.spring.internal.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.definition.UserDefinition;
import org.citustenancy.users.Secret;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the cluster that is opened at its first use, and retried if that fails. Only callers that need the
 * cluster wait while it opens. Meters, health and the shutdown of the application do not wait.
 */
public final class ClusterConnection implements AutoCloseable {

    /** The address must be known before the password is. No connection is opened with this one. */
    private static final Secret NO_PASSWORD = Secret.of("unknown");

    private final Function<Secret, ClusterOptions> options;
    private final Supplier<Secret> adminPassword;

    /** Held while a thread connects. */
    private final ReentrantLock connecting = new ReentrantLock();

    /** Guards the listeners and the changes of the fields below, for moments only. */
    private final Object state = new Object();

    private final List<Consumer<CitusCluster>> listeners = new ArrayList<>();
    private volatile @Nullable CitusCluster connected;
    private boolean closed;

    /**
     * Creates the connection without contacting the cluster.
     *
     * @param options returns the options of the cluster with the admin's password
     * @param adminPassword returns the current password, and is called again if a server refuses it; throws an exception
     * if it is unknown
     */
    public ClusterConnection(Function<Secret, ClusterOptions> options, Supplier<Secret> adminPassword) {
        this.options = options;
        this.adminPassword = adminPassword;
    }

    /**
     * Returns the cluster. Waits while another thread connects.
     *
     * @return the same object each time
     * @throws org.citustenancy.errors.CitusTenancyException if it is not available
     */
    public CitusCluster get() {
        CitusCluster known = connected;
        if (known != null) {
            return known;
        }
        try {
            connecting.lockInterruptibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new OperationInterruptedException(
                    Failure.of("The wait for the connection to the cluster was interrupted")
                            .state("another thread connects")
                            .fix("repeat the call"),
                    interrupted);
        }
        try {
            CitusCluster other = connected;
            return other != null ? other : connect();
        } finally {
            connecting.unlock();
        }
    }

    private CitusCluster connect() {
        CitusCluster cluster = CitusCluster.connect(options.apply(adminPassword.get()), adminPassword);
        List<Consumer<CitusCluster>> notified = new ArrayList<>();
        try {
            // A listener may be added while others run, and must not be lost.
            for (Optional<Consumer<CitusCluster>> next = nextOrPublish(cluster);
                    next.isPresent();
                    next = nextOrPublish(cluster)) {
                notified.add(next.get());
                next.get().accept(cluster);
            }
            return cluster;
        } catch (RuntimeException failure) {
            synchronized (state) {
                listeners.addAll(0, notified);
            }
            cluster.close();
            throw failure;
        }
    }

    /** Returns a listener that does not know the cluster, or else makes the cluster available to all threads. */
    private Optional<Consumer<CitusCluster>> nextOrPublish(CitusCluster cluster) {
        synchronized (state) {
            if (!listeners.isEmpty()) {
                return Optional.of(listeners.remove(0));
            }
            connected = cluster;
            if (closed) {
                cluster.close();
            }
            return Optional.empty();
        }
    }

    /**
     * Returns the cluster if it is connected. Does not wait.
     *
     * @return empty if it was not used before or could not be connected to
     */
    public Optional<CitusCluster> ifConnected() {
        return Optional.ofNullable(connected);
    }

    /** Returns the options of the cluster, without the admin's password. */
    public ClusterOptions options() {
        return options.apply(NO_PASSWORD);
    }

    /**
     * Returns the connection of a user to a project, regardless of whether the cluster is available.
     *
     * @param user the user, whose password is known
     * @throws org.citustenancy.errors.InvalidRequestException if {@code citus-tenancy.cluster.url} is invalid
     */
    public ConnectionInfo connection(ProjectDefinition project, UserDefinition user) {
        return options()
                .connection(project.database(), user.name(), user.password().orElseThrow());
    }

    /** Adds a listener that receives the cluster once, now or when it is connected. */
    public void whenConnected(Consumer<CitusCluster> listener) {
        CitusCluster known;
        synchronized (state) {
            known = connected;
            if (known == null) {
                listeners.add(listener);
            }
        }
        if (known != null) {
            listener.accept(known);
        }
    }

    /** Closes the cluster, also if a thread is connecting to it now. Does not wait for that thread. */
    @Override
    public void close() {
        CitusCluster known;
        synchronized (state) {
            closed = true;
            known = connected;
        }
        if (known != null) {
            known.close();
        }
    }
}
