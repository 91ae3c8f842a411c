package org.citustenancy.statistics;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableKind;
import org.citustenancy.topology.Node;

/**
 * A table and its figures.
 *
 * @param table its metadata on the coordinator
 * @param owner the role that owns it
 * @param nodes its part on each node that has one and answered
 * @param without the nodes that did not answer
 */
public record TableFigures(TableInfo table, String owner, List<TableOnNode> nodes, List<Node> without) {

    /** Copies the lists. */
    public TableFigures {
        nodes = List.copyOf(nodes);
        without = List.copyOf(without);
    }

    /**
     * Returns the bytes of the table over all nodes, including every copy of a reference table.
     *
     * @return the sum
     */
    public Total size() {
        return new Total(nodes.stream().mapToLong(TableOnNode::bytes).sum(), without);
    }

    /**
     * Returns the estimated number of rows, as reported by the servers. The rows of a reference table are counted once.
     *
     * @return absent if a part was not analysed yet or a node that holds one did not answer
     */
    public OptionalLong estimatedRows() {
        boolean copies = table.kind() == TableKind.REFERENCE;
        if (nodes.isEmpty()
                || (!copies && !without.isEmpty() && table.kind() != TableKind.LOCAL)
                || nodes.stream().anyMatch(part -> part.estimatedRows().isEmpty())) {
            return OptionalLong.empty();
        }
        long sum = nodes.stream()
                .mapToLong(part -> part.estimatedRows().getAsLong())
                .sum();
        return OptionalLong.of(
                copies
                        ? nodes.stream()
                                .mapToLong(part -> part.estimatedRows().getAsLong())
                                .max()
                                .getAsLong()
                        : sum);
    }

    /**
     * Returns the ratio of the largest shard to the average shard. It is 1 if all shards are equal. A high ratio means
     * that a few values of the distribution column have most of the rows.
     *
     * @return absent for a table that is empty or not distributed over shards
     */
    public OptionalDouble shardSkew() {
        int shards = nodes.stream().mapToInt(TableOnNode::shards).sum();
        long bytes = size().value();
        if (table.kind() != TableKind.DISTRIBUTED || shards == 0 || bytes == 0) {
            return OptionalDouble.empty();
        }
        long largest = nodes.stream().mapToLong(TableOnNode::largestShard).max().getAsLong();
        return OptionalDouble.of((double) largest * shards / bytes);
    }
}
