package org.citustenancy.backup.manifest;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.citustenancy.tables.TableName;

/**
 * A table of a backup.
 *
 * @param name its name
 * @param layout its distribution over the nodes
 * @param column the distribution column of a distributed table
 * @param group the colocation group of a distributed or single-shard table
 * @param partitioned whether its rows are in partitions, which are separate tables
 * @param partition whether it is a partition, which is distributed with its parent
 * @param columnar the storage options, if it is columnar
 * @param columns the columns with stored values, in the order of its files
 * @param files its rows; none for a partitioned table, or if only the schema was backed up
 */
public record BackedUpTable(
        TableName name,
        TableLayout layout,
        Optional<String> column,
        OptionalInt group,
        boolean partitioned,
        boolean partition,
        Optional<ColumnarOptions> columnar,
        List<String> columns,
        List<StoredFile> files) {

    /** Copies the lists. */
    public BackedUpTable {
        columns = List.copyOf(columns);
        files = List.copyOf(files);
    }

    /**
     * Returns the number of rows of the table, without those of its partitions.
     *
     * @return the number
     */
    public long rows() {
        return files.stream().mapToLong(StoredFile::rows).sum();
    }

    /**
     * Returns the same table with its rows.
     *
     * @param stored the files
     * @return a copy
     */
    public BackedUpTable withFiles(List<StoredFile> stored) {
        return new BackedUpTable(name, layout, column, group, partitioned, partition, columnar, columns, stored);
    }
}
