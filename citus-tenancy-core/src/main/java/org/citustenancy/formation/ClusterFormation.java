package org.citustenancy.formation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Addresses;
import org.citustenancy.progress.ProgressListener;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;

/**
 * The servers that form one cluster, with the addresses by which they reach each other. Immutable: each method returns
 * a changed copy.
 *
 * <pre>{@code
 * ClusterFormation formation = ClusterFormation.of("citus-master", 5432)
 *         .withWorker("citus-worker-1", 5432)
 *         .withWorker("citus-worker-2", 5432)
 *         .within(Duration.ofMinutes(3));
 * }</pre>
 *
 * @param coordinator the coordinator
 * @param workers the workers
 * @param timeout how long the formation may take, including the wait for servers that are still starting
 * @param listener receives the waits and the completed steps
 */
public record ClusterFormation(Node coordinator, List<Node> workers, Duration timeout, ProgressListener listener) {

    private static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(2);

    /** Copies the list, and checks that no server is named twice. */
    public ClusterFormation {
        workers = List.copyOf(workers);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new InvalidRequestException(
                    Failure.of("A timeout of " + timeout + " leaves no time").fix("give a positive one"));
        }
        HashSet<String> addresses = new HashSet<>();
        Stream.concat(Stream.of(coordinator), workers.stream()).forEach(node -> {
            if (!addresses.add(node.address())) {
                throw new InvalidRequestException(Failure.of(node.address() + " is named twice")
                        .state("nothing was changed")
                        .fix("name each server once, the coordinator not among the workers"));
            }
        });
    }

    /**
     * Returns a formation of a coordinator without workers, with a timeout of two minutes.
     *
     * @param host its host name, as the workers reach it
     * @param port its port
     * @return the formation
     * @throws InvalidRequestException if the address is not valid
     */
    public static ClusterFormation of(String host, int port) {
        return new ClusterFormation(
                Addresses.node(NodeRole.COORDINATOR, host, port), List.of(), DEFAULT_PATIENCE, ProgressListener.NONE);
    }

    /**
     * Adds a worker.
     *
     * @param host its host name, as the coordinator reaches it
     * @param port its port
     * @return a copy
     * @throws InvalidRequestException if the address is not valid, or was added before
     */
    public ClusterFormation withWorker(String host, int port) {
        List<Node> more = new ArrayList<>(workers);
        more.add(Addresses.node(NodeRole.WORKER, host, port));
        return new ClusterFormation(coordinator, more, timeout, listener);
    }

    /**
     * Sets how long the formation may take.
     *
     * @param time the time, including the wait for servers that are still starting
     * @return a copy
     */
    public ClusterFormation within(Duration time) {
        return new ClusterFormation(coordinator, workers, time, listener);
    }

    /**
     * Returns a copy with a listener that receives the progress. It is notified after every step. It is also notified,
     * about twice a second, after every attempt to reach a server that does not answer yet; the phase contains the
     * reason.
     *
     * @param progress the listener
     * @return a copy
     */
    public ClusterFormation onProgress(ProgressListener progress) {
        return new ClusterFormation(coordinator, workers, timeout, progress);
    }
}
