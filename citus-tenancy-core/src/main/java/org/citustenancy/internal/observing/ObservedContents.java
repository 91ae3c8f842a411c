package org.citustenancy.internal.observing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A database as a node has it, seen from inside.
 *
 * @param extensions the versions of its extensions by name
 * @param nodes the nodes that it knows
 * @param knownRoles the project's users that Citus knows to be on every node
 * @param group the group that the node believes itself to be; 0 is the coordinator's
 * @param missingShards the shards that should lie here and do not
 * @param unplacedShards the table of each shard of which the database knows no node that has it
 * @param references by the group of each node that it knows, whether that has all reference tables; empty if there are none
 * @param objects the schemas, functions, types and the like that are here and should be on every node
 * @param copyOfAnother whether it is a copy, and Citus takes it for the database that it was copied from
 * @param nodePasswords digests of what {@code pg_dist_authinfo} has for all nodes, by role
 * @param citusOwner the role that owns the extension {@code citus}, as which Citus opens sessions between nodes; absent without it
 * @param functions the functions of users
 */
public record ObservedContents(
        Map<String, String> extensions,
        List<KnownNode> nodes,
        Set<String> knownRoles,
        int group,
        List<MissingShard> missingShards,
        List<String> unplacedShards,
        Map<Integer, Boolean> references,
        Set<String> objects,
        boolean copyOfAnother,
        Map<String, String> nodePasswords,
        Optional<String> citusOwner,
        UserFunctions functions) {

    /**
     * The same as a clone has it.
     *
     * @return contents of which Citus does not know yet whose they are
     */
    ObservedContents asClone() {
        return new ObservedContents(
                extensions,
                nodes,
                knownRoles,
                group,
                missingShards,
                unplacedShards,
                references,
                objects,
                true,
                nodePasswords,
                citusOwner,
                functions);
    }

    /**
     * Whether it has an extension.
     *
     * @return true if it was created
     */
    public boolean has(String extension) {
        return extensions.containsKey(extension);
    }

    /**
     * Whether functions have no bodies here that have bodies on the coordinator.
     *
     * @return true if a function that should be the same on every node has a placeholder here alone
     */
    public boolean lacksBodiesOf(ObservedContents coordinator) {
        return functions.placeholders().stream()
                .anyMatch(function -> coordinator.objects().contains(function)
                        && !coordinator.functions().placeholders().contains(function));
    }

    /**
     * A worker as it is registered in the database.
     *
     * @param address the worker's address
     * @return absent if it is not registered
     */
    public Optional<KnownNode> worker(String address) {
        return nodes.stream()
                .filter(node -> !node.isCoordinator() && node.address().equals(address))
                .findFirst();
    }

    /**
     * The coordinator as it is registered in the database.
     *
     * @param address the coordinator's address
     * @return absent if it is not registered, or by another address
     */
    public Optional<KnownNode> coordinator(String address) {
        return nodes.stream()
                .filter(node -> node.isCoordinator() && node.address().equals(address))
                .findFirst();
    }
}
