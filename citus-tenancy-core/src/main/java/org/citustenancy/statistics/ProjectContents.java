package org.citustenancy.statistics;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.citustenancy.tables.TableKind;
import org.citustenancy.topology.Node;

/**
 * The contents of a project.
 *
 * @param storage the parts of its database on each node that answered
 * @param tables its tables
 * @param unanswered the nodes that did not answer; every total excludes them
 * @param at when the nodes reported the contents, by the clock of the process that read them; the contents of a
 *     suspended project are those at the time of its suspension
 */
public record ProjectContents(
        List<StorageOnNode> storage, List<TableFigures> tables, List<UnansweredNode> unanswered, Instant at) {

    /** Copies the lists. */
    public ProjectContents {
        storage = List.copyOf(storage);
        tables = List.copyOf(tables);
        unanswered = List.copyOf(unanswered);
    }

    /**
     * Returns the bytes of tables over all nodes.
     *
     * @return the sum
     */
    public Total tableBytes() {
        return total(storage.stream().mapToLong(StorageOnNode::tables).sum());
    }

    /**
     * Returns the bytes of indexes over all nodes.
     *
     * @return the sum
     */
    public Total indexBytes() {
        return total(storage.stream().mapToLong(StorageOnNode::indexes).sum());
    }

    /**
     * Returns the bytes of everything else over all nodes.
     *
     * @return absent if the querying role may not see the size on one of the nodes that answered
     */
    public Optional<Total> restBytes() {
        if (storage.stream().anyMatch(part -> part.rest().isEmpty())) {
            return Optional.empty();
        }
        return Optional.of(total(storage.stream()
                .map(StorageOnNode::rest)
                .mapToLong(OptionalLong::getAsLong)
                .sum()));
    }

    /**
     * Returns the number of shard placements over all nodes; a reference table has one on each.
     *
     * @return the number
     */
    public Total shards() {
        return total(storage.stream().mapToLong(StorageOnNode::shards).sum());
    }

    /**
     * Returns the ratio of the largest node to the average node, in bytes of distributed tables. It is 1 if all nodes
     * are equal, and the number of nodes if one of them has all data. Reference tables, which are the same on each
     * node, do not count.
     *
     * @return absent if there are no distributed tables, or they are on fewer than two nodes
     */
    public OptionalDouble nodeSkew() {
        List<Long> bytes = storage.stream()
                .map(StorageOnNode::node)
                .filter(node -> !node.isCoordinator() || distributedBytes(node) > 0)
                .map(this::distributedBytes)
                .toList();
        long sum = bytes.stream().mapToLong(Long::longValue).sum();
        if (bytes.size() < 2 || sum == 0) {
            return OptionalDouble.empty();
        }
        long fullest = bytes.stream().mapToLong(Long::longValue).max().getAsLong();
        return OptionalDouble.of((double) fullest * bytes.size() / sum);
    }

    /**
     * Returns the bytes of a node's shards, without copies of reference tables.
     *
     * @param node the node
     * @return the sum; 0 if the node has no shards
     */
    public long distributedBytes(Node node) {
        return tables.stream()
                .filter(table -> table.table().kind() == TableKind.DISTRIBUTED
                        || table.table().kind() == TableKind.SCHEMA)
                .flatMap(table -> table.nodes().stream())
                .filter(part -> part.node().equals(node))
                .mapToLong(TableOnNode::bytes)
                .sum();
    }

    private Total total(long value) {
        return Total.of(value, unanswered);
    }
}
