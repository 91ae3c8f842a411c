package org.citustenancy.statistics;

import java.util.OptionalLong;
import org.citustenancy.topology.Node;

/**
 * The parts of a project's database on one node.
 *
 * @param node the node
 * @param size its total size on disk in bytes; absent if the querying role may not see it
 * @param tables bytes of tables and materialised views, including the separate storage of long values (TOAST)
 * @param indexes bytes of their indexes
 * @param shards the number of shards there, including copies of reference tables
 * @param shardBytes bytes of these shards with their indexes
 */
public record StorageOnNode(Node node, OptionalLong size, long tables, long indexes, int shards, long shardBytes) {

    /**
     * Returns the bytes of everything else: the system catalogs, including those of Citus, sequences, and free space
     * maps.
     *
     * @return absent if the size is absent
     */
    public OptionalLong rest() {
        return size.isEmpty() ? size : OptionalLong.of(size.getAsLong() - tables - indexes);
    }
}
