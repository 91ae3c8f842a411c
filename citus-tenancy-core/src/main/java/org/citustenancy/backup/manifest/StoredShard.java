package org.citustenancy.backup.manifest;

import java.util.Optional;

/**
 * A part of a file, with the rows of one shard. It begins where the one before it ends.
 *
 * @param range which rows, absent where the table has one shard
 * @param rows how many
 * @param bytes how long the part is
 */
public record StoredShard(Optional<HashRange> range, long rows, long bytes) {}
