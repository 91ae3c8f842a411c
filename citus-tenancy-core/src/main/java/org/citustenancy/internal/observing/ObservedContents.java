package org.citustenancy.internal.observing;

import java.util.Map;
import java.util.Set;

/**
 * A database as a node has it, seen from inside.
 *
 * @param extensions the versions of its extensions by name
 * @param nodes the addresses of the nodes that it knows, by group; 0 is the coordinator's
 * @param coordinatorHoldsShards whether it lets shards lie on the coordinator
 * @param knownRoles the project's users that Citus knows to be on every node
 * @param nodePasswords digests of what {@code pg_dist_authinfo} has for all nodes, by role
 */
public record ObservedContents(
        Map<String, String> extensions,
        Map<Integer, Set<String>> nodes,
        boolean coordinatorHoldsShards,
        Set<String> knownRoles,
        Map<String, String> nodePasswords) {

    /**
     * Whether it has an extension.
     *
     * @param extension its name
     * @return true if it was created
     */
    public boolean has(String extension) {
        return extensions.containsKey(extension);
    }

    /**
     * Whether it knows a worker.
     *
     * @param address the worker's address
     * @return true if it is registered
     */
    public boolean knowsWorker(String address) {
        return nodes.entrySet().stream()
                .anyMatch(group -> group.getKey() != 0 && group.getValue().contains(address));
    }

    /**
     * Whether it knows the coordinator by this address.
     *
     * @param address the coordinator's address
     * @return true if it is registered
     */
    public boolean knowsCoordinator(String address) {
        return nodes.getOrDefault(0, Set.of()).contains(address);
    }
}
