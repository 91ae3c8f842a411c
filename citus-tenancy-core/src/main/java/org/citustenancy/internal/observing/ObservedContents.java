package org.citustenancy.internal.observing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.topology.Node;

/**
 * The observed inside of a database on a node.
 *
 * @param extensions the versions of its extensions by name
 * @param registered the servers that are registered in it, with secondaries
 * @param knownRoles the project's users that Citus has registered as present on every node
 * @param group the node's own group according to the database; 0 is the coordinator's
 * @param missingShards the shards that have a placement on this node but are missing
 * @param unplacedShards the table of each shard without a placement on any node
 * @param references by the group of each registered node, whether it has all reference tables; empty if there are none
 * @param objects the schemas, functions, types and the like on this node that must be on every node
 * @param copyOfAnother whether it is a copy, and Citus identifies it as the database that it was copied from
 * @param nodePasswords digests of the connection parameters in {@code pg_dist_authinfo} for all nodes, by role
 * @param citusOwner the role that owns the extension {@code citus}, as which Citus opens sessions between nodes; absent
 *     without it
 * @param functions the functions of users
 */
public record ObservedContents(
        Map<String, String> extensions,
        List<KnownNode> registered,
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
     * Returns the same contents as in a clone.
     *
     * @return contents that Citus does not identify as those of the clone yet
     */
    ObservedContents asClone() {
        return new ObservedContents(
                extensions,
                registered,
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
     * Checks whether the database has an extension.
     *
     * @return true if it was created
     */
    public boolean has(String extension) {
        return extensions.containsKey(extension);
    }

    /**
     * Checks whether functions have no bodies on this node but have bodies on the coordinator.
     *
     * @return true if a function that must be the same on every node has a placeholder on this node alone
     */
    public boolean lacksBodiesOf(ObservedContents coordinator) {
        return functions.placeholders().stream()
                .anyMatch(function -> coordinator.objects().contains(function)
                        && !coordinator.functions().placeholders().contains(function));
    }

    /** Returns the nodes that are registered in the database, each by its primary. */
    public List<KnownNode> nodes() {
        return registered.stream().filter(KnownNode::isPrimary).toList();
    }

    /** Checks whether a server is registered at an address, as a primary or as a secondary. */
    public boolean knows(String address) {
        return registered.stream().anyMatch(server -> server.address().equals(address));
    }

    /** Returns the registered secondaries of a node that is registered by its address. */
    public List<Node> secondariesOf(Node node) {
        return nodes().stream()
                .filter(primary -> primary.address().equals(node.address()))
                .flatMap(primary -> registered.stream()
                        .filter(server -> !server.isPrimary() && server.group() == primary.group())
                        .map(server -> server.server().node()))
                .toList();
    }

    /**
     * Returns a worker as registered in the database.
     *
     * @param address the worker's address
     * @return absent if it is not registered
     */
    public Optional<KnownNode> worker(String address) {
        return nodes().stream()
                .filter(node -> !node.isCoordinator() && node.address().equals(address))
                .findFirst();
    }

    /**
     * Returns the coordinator as registered in the database.
     *
     * @param address the coordinator's address
     * @return absent if it is not registered, or by another address
     */
    public Optional<KnownNode> coordinator(String address) {
        return nodes().stream()
                .filter(node -> node.isCoordinator() && node.address().equals(address))
                .findFirst();
    }
}
