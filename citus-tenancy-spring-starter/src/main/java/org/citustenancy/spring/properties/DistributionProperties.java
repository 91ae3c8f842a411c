package org.citustenancy.spring.properties;

import java.util.List;
import org.citustenancy.tables.Uncovered;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Rules for the distribution of a project's tables.
 *
 * @param everyTableWith columns; every table with one of them is distributed by it
 * @param shardCount the number of shards of the tables of every-table-with, and of those of distribute that have no other;
 *     if it is missing, citus.shard_count of the server
 * @param distribute tables that are distributed by a column of their own
 * @param byForeignKey whether a table with a foreign key to the distribution column of a distributed table is distributed
 *     by the column that references it
 * @param reference tables, or patterns such as country_*, that are copied to every node
 * @param local tables, or patterns, that stay on the coordinator
 * @param schemas schemas, or patterns, whose tables are placed on one node each
 * @param otherwise what happens to tables that no rule covers
 */
public record DistributionProperties(
        @DefaultValue List<String> everyTableWith,
        @Nullable Integer shardCount,
        @DefaultValue List<DistributedTableProperties> distribute,
        @DefaultValue("false") boolean byForeignKey,
        @DefaultValue List<String> reference,
        @DefaultValue List<String> local,
        @DefaultValue List<String> schemas,
        @DefaultValue("refuse") Uncovered otherwise) {}
