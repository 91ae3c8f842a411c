package org.citustenancy.backup.dumped;

import java.util.Optional;
import java.util.OptionalInt;
import org.citustenancy.tables.TableName;

/**
 * The distribution of a dumped table.
 *
 * @param name the table
 * @param column the distribution column
 * @param colocatedWith a table that was named before and whose colocation group it joins; absent for a group of its own
 * @param shards the number of shards, absent for the default number or that of the colocated table
 */
public record DumpedTable(TableName name, String column, Optional<TableName> colocatedWith, OptionalInt shards) {}
