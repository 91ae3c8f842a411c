package org.citustenancy.backup.manifest;

import java.util.List;

/**
 * A file of a backup.
 *
 * @param path where it is, from the backup's directory, with slashes
 * @param rows how many rows are in it
 * @param bytes how long it is
 * @param sha256 its digest, in hexadecimal
 * @param shards its parts, one after another, if the rows were read from shards; none elsewhere
 */
public record StoredFile(String path, long rows, long bytes, String sha256, List<StoredShard> shards) {

    /** Copies the list. */
    public StoredFile {
        shards = List.copyOf(shards);
    }

    /**
     * A file that is one whole.
     *
     * @param path where it is, from the backup's directory, with slashes
     * @param rows how many rows are in it
     * @param bytes how long it is
     * @param sha256 its digest, in hexadecimal
     */
    public StoredFile(String path, long rows, long bytes, String sha256) {
        this(path, rows, bytes, sha256, List.of());
    }
}
