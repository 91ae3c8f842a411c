package org.citustenancy.backup.manifest;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.tables.TableName;

/**
 * What a backup consists of. It is written last; a directory without it holds no whole backup.
 *
 * @param origin where it comes from
 * @param settings users and settings of the project
 * @param needs what must be there to restore it
 * @param objects distributed schemas and functions, and colocation groups
 * @param tables the tables
 * @param sequences the sequences
 * @param materializedViews the materialised views that had rows
 * @param hasRows whether rows were wanted
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

    /** The version of the format that this library writes, and the newest that it reads. */
    public static final int FORMAT_VERSION = 1;

    /** Copies the lists. */
    public BackupManifest {
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        materializedViews = List.copyOf(materializedViews);
    }

    /**
     * All files.
     *
     * @return the schema, and the rows of every table
     */
    public List<StoredFile> files() {
        return Stream.concat(Stream.of(schema), tables.stream().flatMap(table -> table.files().stream()))
                .toList();
    }

    /**
     * How many rows there are in all tables.
     *
     * @return the number
     */
    public long rows() {
        return tables.stream().mapToLong(BackedUpTable::rows).sum();
    }

    /**
     * How long all files are together.
     *
     * @return bytes
     */
    public long bytes() {
        return files().stream().mapToLong(StoredFile::bytes).sum();
    }
}
