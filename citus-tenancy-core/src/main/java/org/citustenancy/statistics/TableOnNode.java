package org.citustenancy.statistics;

import java.util.OptionalLong;
import org.citustenancy.topology.Node;

/**
 * The part of a table on one node.
 *
 * @param node the node
 * @param shards the number of its shards there; 0 for a table without shards
 * @param tableBytes bytes of rows
 * @param indexBytes bytes of indexes
 * @param largestShard bytes of the largest shard with its indexes
 * @param estimatedRows the server's estimate; absent before the table was first analysed
 */
public record TableOnNode(
        Node node, int shards, long tableBytes, long indexBytes, long largestShard, OptionalLong estimatedRows) {

    /**
     * Returns the bytes of rows and indexes.
     *
     * @return the sum
     */
    public long bytes() {
        return tableBytes + indexBytes;
    }
}
