package org.citustenancy.backup.manifest;

/**
 * A file of a backup.
 *
 * @param path where it is, from the backup's directory, with slashes
 * @param rows how many rows are in it
 * @param bytes how long it is
 * @param sha256 its digest, in hexadecimal
 */
public record StoredFile(String path, long rows, long bytes, String sha256) {}
