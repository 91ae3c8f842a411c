package org.citustenancy.internal.backup.dump;

import java.util.List;
import org.citustenancy.backup.manifest.BackedUpTable;

/**
 * A part of a table's rows that becomes one file.
 *
 * @param number the file's number
 * @param table the table
 * @param view the snapshot that is read
 * @param byShard whether the rows of each shard are known, so that they can be written to such a shard again
 * @param sources the table itself or shards of it, on the node that is read
 * @param bytes their size on that node, in bytes
 */
record RowPart(
        int number,
        BackedUpTable table,
        ConsistentSnapshot.View view,
        boolean byShard,
        List<RowSource> sources,
        long bytes) {

    RowPart {
        sources = List.copyOf(sources);
    }
}
