package org.citustenancy.tables;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A table as the coordinator knows it.
 *
 * @param name the table
 * @param kind how it lies on the nodes
 * @param distributionColumn by which column it is distributed
 * @param colocation its colocation group: tables of the same group have their rows of the same key on the same node
 * @param shards into how many shards it is split
 */
public record TableInfo(
        TableName name,
        TableKind kind,
        Optional<String> distributionColumn,
        OptionalInt colocation,
        OptionalInt shards) {}
