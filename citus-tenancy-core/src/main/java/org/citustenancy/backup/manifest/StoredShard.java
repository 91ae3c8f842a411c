package org.citustenancy.backup.manifest;

import java.util.Optional;

/**
 * A part of a file that contains the rows of one shard. It begins at the end of the previous part.
 *
 * @param range the hash range of the rows, absent if the table has one shard
 * @param rows the number of rows
 * @param bytes the length of the part
 */
public record StoredShard(Optional<HashRange> range, long rows, long bytes) {}
