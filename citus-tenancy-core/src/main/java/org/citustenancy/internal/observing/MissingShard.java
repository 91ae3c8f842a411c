package org.citustenancy.internal.observing;

/**
 * A shard with a placement on a node that does not have it.
 *
 * @param number its number
 * @param table the table that it is a part of
 * @param reference whether the table is a reference table, of which other nodes have copies
 */
public record MissingShard(long number, String table, boolean reference) {}
