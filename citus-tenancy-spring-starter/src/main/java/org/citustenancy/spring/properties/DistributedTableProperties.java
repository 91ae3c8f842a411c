package org.citustenancy.spring.properties;

import org.jspecify.annotations.Nullable;

/**
 * Tables that are distributed by a column.
 *
 * @param tables the name of a table, or a pattern
 * @param column the distribution column
 * @param colocatedWith the table with which they are colocated
 * @param shardCount the number of shards; as many as Citus is configured for by default
 */
public record DistributedTableProperties(
        @Nullable String tables,
        @Nullable String column,
        @Nullable String colocatedWith,
        @Nullable Integer shardCount) {}
