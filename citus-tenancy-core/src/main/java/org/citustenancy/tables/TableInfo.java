package org.citustenancy.tables;

import java.util.Locale;
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
        OptionalInt shards) {

    /** One line, as in {@code public.orders: distributed by "user_id", 32 shards}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(name + ": " + kind.name().toLowerCase(Locale.ROOT));
        distributionColumn.ifPresent(
                column -> line.append(" by \"").append(column).append('"'));
        shards.ifPresent(count -> line.append(", ").append(count).append(" shards"));
        return line.toString();
    }
}
