package org.citustenancy.topology;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param secondaries by primary, the standbys that the maintenance database registers as its secondaries
 * @param citus whether the nodes have Citus; without it the coordinator is a plain PostgreSQL server
 */
public record Topology(
        Node coordinator,
        List<Node> workers,
        boolean coordinatorHoldsShards,
        Set<Node> drained,
        Map<Node, List<Node>> secondaries,
        boolean citus) {

    /** Copies the collections. */
    public Topology {
        workers = List.copyOf(workers);
        drained = Set.copyOf(drained);
        Map<Node, List<Node>> copies = new LinkedHashMap<>();
        secondaries.forEach((node, standbys) -> copies.put(node, List.copyOf(standbys)));
        secondaries = Collections.unmodifiableMap(copies);
    }

    /** Returns the nodes on one line. */
    @Override
    public String toString() {
        return nodes().stream()
                .map(node -> node + (drained.contains(node) ? " (drained)" : "") + secondariesOf(node))
                .collect(Collectors.joining(", "));
    }

    private String secondariesOf(Node node) {
        return secondaries.getOrDefault(node, List.of()).stream()
                .map(secondary -> " (secondary " + secondary.address() + ")")
                .collect(Collectors.joining());
    }

    /**
     * Returns the node whose secondary is registered at an address.
     *
     * @param server a server with that address
     * @return the primary; absent if no secondary is registered there
     */
    public Optional<Node> primaryOf(Node server) {
        return secondaries.entrySet().stream()
                .filter(primary -> primary.getValue().stream()
                        .anyMatch(secondary -> secondary.address().equals(server.address())))
                .map(Map.Entry::getKey)
                .findFirst();
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
        Map<Node, List<Node>> ofChosen = new LinkedHashMap<>(secondaries);
        ofChosen.keySet().removeIf(node -> !node.equals(coordinator) && !chosen.contains(node));
        return new Topology(coordinator, chosen, coordinatorHoldsShards, drained, ofChosen, citus);
    }
}
