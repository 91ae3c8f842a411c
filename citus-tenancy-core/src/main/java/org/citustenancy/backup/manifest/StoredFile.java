package org.citustenancy.backup.manifest;

import java.util.List;

/**
 * A file of a backup.
 *
 * @param path its path, relative to the backup's directory, with slashes
 * @param rows the number of rows in it
 * @param bytes its length
 * @param sha256 its digest, in hexadecimal
 * @param shards its consecutive parts, if the rows were read from shards; otherwise none
 */
public record StoredFile(String path, long rows, long bytes, String sha256, List<StoredShard> shards) {

    /** Copies the list. */
    public StoredFile {
        shards = List.copyOf(shards);
    }

    /**
     * Creates a file that consists of a single part.
     *
     * @param path its path, relative to the backup's directory, with slashes
     * @param rows the number of rows in it
     * @param bytes its length
     * @param sha256 its digest, in hexadecimal
     */
    public StoredFile(String path, long rows, long bytes, String sha256) {
        this(path, rows, bytes, sha256, List.of());
    }
}
