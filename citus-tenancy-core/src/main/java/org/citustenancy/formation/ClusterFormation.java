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
 * The servers that are to be one cluster, by the addresses under which they reach each other. Immutable; each method
 * gives a changed copy.
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
 * @param timeout how long all of it may take, the waiting for servers that are still starting included
 * @param listener is notified of what is waited for and done
 */
public record ClusterFormation(Node coordinator, List<Node> workers, Duration timeout, ProgressListener listener) {

    private static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(2);

    /** Copies the list, and checks that every server is named once. */
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
     * A coordinator alone, to be completed; two minutes.
     *
     * @param host its host name, as the workers know it
     * @param port its port
     * @return the formation
     * @throws InvalidRequestException if this is no address
     */
    public static ClusterFormation of(String host, int port) {
        return new ClusterFormation(
                Addresses.node(NodeRole.COORDINATOR, host, port), List.of(), DEFAULT_PATIENCE, ProgressListener.NONE);
    }

    /**
     * One worker more.
     *
     * @param host its host name, as the coordinator knows it
     * @param port its port
     * @return a copy
     * @throws InvalidRequestException if this is no address, or one that was named before
     */
    public ClusterFormation withWorker(String host, int port) {
        List<Node> more = new ArrayList<>(workers);
        more.add(Addresses.node(NodeRole.WORKER, host, port));
        return new ClusterFormation(coordinator, more, timeout, listener);
    }

    /**
     * How long all of it may take.
     *
     * @param time the time, the waiting for servers that are still starting included
     * @return a copy
     */
    public ClusterFormation within(Duration time) {
        return new ClusterFormation(coordinator, workers, time, listener);
    }

    /**
     * The same, with a listener that is notified after every attempt to reach a server that does not answer yet, about twice a second, with the
     * reason in the phase, and after every step.
     *
     * @param progress the listener
     * @return a copy
     */
    public ClusterFormation onProgress(ProgressListener progress) {
        return new ClusterFormation(coordinator, workers, timeout, progress);
    }
}
