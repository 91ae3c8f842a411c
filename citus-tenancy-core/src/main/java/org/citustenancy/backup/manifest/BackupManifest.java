package org.citustenancy.backup.manifest;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.tables.TableName;

/**
 * The contents of a backup. The manifest is written last: a directory without it does not contain a complete backup.
 *
 * @param origin the origin of the backup
 * @param settings users and settings of the project
 * @param needs the requirements for a restore
 * @param objects distributed schemas and functions, and colocation groups
 * @param tables the tables
 * @param sequences the sequences
 * @param materializedViews the materialised views that contained rows
 * @param hasRows whether the backup contains rows
 * @param schema the archive of {@code pg_dump} that holds the schema
 */
public record BackupManifest(
        Origin origin,
        ProjectSettings settings,
        Needs needs,
        DistributedObjects objects,
        List<BackedUpTable> tables,
        List<BackedUpSequence> sequences,
        List<TableName> materializedViews,
        boolean hasRows,
        StoredFile schema) {

    /** The format version that this library writes, and the latest that it reads. */
    public static final int FORMAT_VERSION = 1;

    /** Copies the lists. */
    public BackupManifest {
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        materializedViews = List.copyOf(materializedViews);
    }

    /**
     * Returns all files of the backup.
     *
     * @return the schema, and the rows of every table
     */
    public List<StoredFile> files() {
        return Stream.concat(Stream.of(schema), tables.stream().flatMap(table -> table.files().stream()))
                .toList();
    }

    /**
     * Returns the number of rows in all tables.
     *
     * @return the number
     */
    public long rows() {
        return tables.stream().mapToLong(BackedUpTable::rows).sum();
    }

    /**
     * Returns the total length of all files.
     *
     * @return the length in bytes
     */
    public long bytes() {
        return files().stream().mapToLong(StoredFile::bytes).sum();
    }
}
