package org.citustenancy.internal.backup.dump;

import java.util.List;
import org.citustenancy.backup.manifest.BackedUpTable;

/**
 * A part of a table's rows that becomes one file.
 *
 * @param number the file's number
 * @param table the table
 * @param view what is read
 * @param byShard whether it is known which rows are in which shard, so that they can go into such a shard again
 * @param sources the table itself or shards of it, on the node that is read
 * @param bytes how many bytes they have there
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
