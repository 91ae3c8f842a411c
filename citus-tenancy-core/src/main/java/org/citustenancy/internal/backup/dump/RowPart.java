package org.citustenancy.internal.backup.dump;

import java.util.List;
import org.citustenancy.backup.manifest.BackedUpTable;
import org.citustenancy.tables.TableName;

/**
 * A part of a table's rows that becomes one file.
 *
 * @param number the file's number
 * @param table the table
 * @param view what is read
 * @param relations the table itself or shards of it, on the node that is read
 * @param bytes how many bytes they have there
 */
record RowPart(int number, BackedUpTable table, Moment.View view, List<TableName> relations, long bytes) {

    RowPart {
        relations = List.copyOf(relations);
    }
}
