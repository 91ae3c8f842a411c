package org.citustenancy.topology;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The nodes of a cluster. A cluster without workers is one too: the coordinator then holds the shards.
 *
 * @param coordinator the coordinator
 * @param workers the workers, in the order in which Citus numbers them
 * @param coordinatorHoldsShards whether shards may lie on the coordinator too; they do where there are no workers
 * @param drained the workers on which no shards are to lie
 * @param citus whether the nodes have Citus; without it the coordinator is a PostgreSQL server like any other
 */
public record Topology(
        Node coordinator, List<Node> workers, boolean coordinatorHoldsShards, Set<Node> drained, boolean citus) {

    /** Copies the collections. */
    public Topology {
        workers = List.copyOf(workers);
        drained = Set.copyOf(drained);
    }

    /** The nodes on one line. */
    @Override
    public String toString() {
        return nodes().stream()
                .map(node -> node + (drained.contains(node) ? " (drained)" : ""))
                .collect(Collectors.joining(", "));
    }

    /**
     * All nodes, the coordinator first.
     *
     * @return an immutable list
     */
    public List<Node> nodes() {
        return Stream.concat(Stream.of(coordinator), workers.stream()).toList();
    }

    /**
     * The coordinator with some of its workers, for work that does not concern the others.
     *
     * @param chosen the workers
     * @return the smaller topology
     */
    public Topology with(List<Node> chosen) {
        return new Topology(coordinator, chosen, coordinatorHoldsShards, drained, citus);
    }
}
