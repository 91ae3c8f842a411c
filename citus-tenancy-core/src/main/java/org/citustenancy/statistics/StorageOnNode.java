package org.citustenancy.statistics;

import java.util.OptionalLong;
import org.citustenancy.topology.Node;

/**
 * What a project's database is made of on one node.
 *
 * @param node the node
 * @param size all its bytes on disk; absent if the one who asked may not see it
 * @param tables bytes of tables and materialised views, with what was put aside because it is long (TOAST)
 * @param indexes bytes of their indexes
 * @param shards how many shards lie there, copies of reference tables included
 * @param shardBytes bytes of these shards with their indexes
 */
public record StorageOnNode(Node node, OptionalLong size, long tables, long indexes, int shards, long shardBytes) {

    /**
     * Bytes of everything else: the system catalogs with those of Citus, sequences, maps of free space.
     *
     * @return absent if the size is
     */
    public OptionalLong rest() {
        return size.isEmpty() ? size : OptionalLong.of(size.getAsLong() - tables - indexes);
    }
}
