package org.citustenancy.topology;

import java.util.List;
import java.util.stream.Stream;

/**
 * The nodes of a cluster. A cluster without workers is one too: the coordinator then holds the shards.
 *
 * @param coordinator the coordinator
 * @param workers the workers, in the order in which Citus numbers them
 * @param coordinatorHoldsShards whether shards may lie on the coordinator too; they do where there are no workers
 * @param citus whether the nodes have Citus; without it the coordinator is a PostgreSQL server like any other
 */
public record Topology(Node coordinator, List<Node> workers, boolean coordinatorHoldsShards, boolean citus) {

    /** Copies the list. */
    public Topology {
        workers = List.copyOf(workers);
    }

    /**
     * All nodes, the coordinator first.
     *
     * @return an immutable list
     */
    public List<Node> nodes() {
        return Stream.concat(Stream.of(coordinator), workers.stream()).toList();
    }
}
