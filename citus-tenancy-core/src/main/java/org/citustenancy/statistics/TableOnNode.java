package org.citustenancy.statistics;

import java.util.OptionalLong;
import org.citustenancy.topology.Node;

/**
 * A table's part on one node.
 *
 * @param node the node
 * @param shards how many of its shards lie there; 0 for a table that has none
 * @param tableBytes bytes of rows
 * @param indexBytes bytes of indexes
 * @param largestShard bytes of the largest shard with its indexes
 * @param estimatedRows the server's estimate; absent before the table was first analysed
 */
public record TableOnNode(
        Node node, int shards, long tableBytes, long indexBytes, long largestShard, OptionalLong estimatedRows) {

    /**
     * All bytes.
     *
     * @return rows and indexes
     */
    public long bytes() {
        return tableBytes + indexBytes;
    }
}
