package org.citustenancy.backup.dumped;

import java.util.Optional;
import java.util.OptionalInt;
import org.citustenancy.tables.TableName;

/**
 * How a table of a dump is distributed.
 *
 * @param name the table
 * @param column the distribution column
 * @param colocatedWith a table that was named before, whose shards it shares; absent for shards of its own
 * @param shards how many, absent for as many as usual or as that table has
 */
public record DumpedTable(TableName name, String column, Optional<TableName> colocatedWith, OptionalInt shards) {}
