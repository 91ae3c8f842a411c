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

/** The cluster, connected to when it is first needed, and tried again if that fails. */
public final class ClusterConnection implements AutoCloseable {

    private final ClusterOptions options;
    private final List<Consumer<CitusCluster>> listeners = new ArrayList<>();
    private @Nullable CitusCluster connected;

    /**
     * A cluster that was not asked yet.
     *
     * @param options how to work with it
     */
    public ClusterConnection(ClusterOptions options) {
        this.options = options;
    }

    /**
     * The cluster.
     *
     * @return the same each time
     * @throws org.citustenancy.errors.CitusTenancyException if it cannot be worked with now
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
     * The cluster, if it was needed before.
     *
     * @return absent if it was not, or could not be connected to
     */
    public synchronized Optional<CitusCluster> ifConnected() {
        return Optional.ofNullable(connected);
    }

    /** How to work with it. */
    public ClusterOptions options() {
        return options;
    }

    /**
     * How a user connects to a project, whether or not the cluster is available.
     *
     * @param user the user, whose password is known
     * @throws org.citustenancy.errors.InvalidRequestException if {@code citus-tenancy.cluster.url} is not one
     */
    public ConnectionInfo connection(ProjectDefinition project, UserDefinition user) {
        return options.connection(
                project.database(), user.name(), user.password().orElseThrow());
    }

    /** Adds a listener that gets the cluster once, now or when it is connected to. */
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
