package org.citustenancy.topology;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nodes of a cluster. A cluster may have no workers: the coordinator then holds the shards.
 *
 * @param coordinator the coordinator
 * @param workers the workers, in the order of their Citus node numbers
 * @param coordinatorHoldsShards whether the coordinator may hold shards too; it does if there are no workers
 * @param drained the workers that may hold no shards
 * @param citus whether the nodes have Citus; without it the coordinator is a plain PostgreSQL server
 */
public record Topology(
        Node coordinator, List<Node> workers, boolean coordinatorHoldsShards, Set<Node> drained, boolean citus) {

    /** Copies the collections. */
    public Topology {
        workers = List.copyOf(workers);
        drained = Set.copyOf(drained);
    }

    /** Returns the nodes on one line. */
    @Override
    public String toString() {
        return nodes().stream()
                .map(node -> node + (drained.contains(node) ? " (drained)" : ""))
                .collect(Collectors.joining(", "));
    }

    /**
     * Returns all nodes, the coordinator first.
     *
     * @return an immutable list
     */
    public List<Node> nodes() {
        return Stream.concat(Stream.of(coordinator), workers.stream()).toList();
    }

    /**
     * Returns the coordinator with the given workers, for operations that do not affect the others.
     *
     * @param chosen the workers
     * @return the reduced topology
     */
    public Topology with(List<Node> chosen) {
        return new Topology(coordinator, chosen, coordinatorHoldsShards, drained, citus);
    }
}
