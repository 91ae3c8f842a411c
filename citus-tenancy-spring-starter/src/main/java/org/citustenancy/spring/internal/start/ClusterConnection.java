package org.citustenancy.spring.internal.start;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.definition.UserDefinition;
import org.jspecify.annotations.Nullable;

/** A connection to the cluster that is opened at its first use, and retried if that fails. */
public final class ClusterConnection implements AutoCloseable {

    private final ClusterOptions options;
    private final List<Consumer<CitusCluster>> listeners = new ArrayList<>();
    private @Nullable CitusCluster connected;

    /**
     * Creates the connection without contacting the cluster.
     *
     * @param options the options of the cluster
     */
    public ClusterConnection(ClusterOptions options) {
        this.options = options;
    }

    /**
     * Returns the cluster.
     *
     * @return the same object each time
     * @throws org.citustenancy.errors.CitusTenancyException if it is not available
     */
    public synchronized CitusCluster get() {
        CitusCluster known = connected;
        if (known == null) {
            CitusCluster cluster = CitusCluster.connect(options);
            connected = cluster;
            listeners.forEach(listener -> listener.accept(cluster));
            return cluster;
        }
        return known;
    }

    /**
     * Returns the cluster if it is connected.
     *
     * @return empty if it was not used before or could not be connected to
     */
    public synchronized Optional<CitusCluster> ifConnected() {
        return Optional.ofNullable(connected);
    }

    /** Returns the options of the cluster. */
    public ClusterOptions options() {
        return options;
    }

    /**
     * Returns the connection of a user to a project, regardless of whether the cluster is available.
     *
     * @param user the user, whose password is known
     * @throws org.citustenancy.errors.InvalidRequestException if {@code citus-tenancy.cluster.url} is invalid
     */
    public ConnectionInfo connection(ProjectDefinition project, UserDefinition user) {
        return options.connection(
                project.database(), user.name(), user.password().orElseThrow());
    }

    /** Adds a listener that receives the cluster once, now or when it is connected. */
    public synchronized void whenConnected(Consumer<CitusCluster> listener) {
        if (connected == null) {
            listeners.add(listener);
        } else {
            listener.accept(connected);
        }
    }

    @Override
    public synchronized void close() {
        if (connected != null) {
            connected.close();
        }
    }
}
