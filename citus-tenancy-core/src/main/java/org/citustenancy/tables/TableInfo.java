package org.citustenancy.tables;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A table as registered on the coordinator.
 *
 * @param name the table
 * @param kind its distribution over the nodes
 * @param distributionColumn the distribution column
 * @param colocation its colocation group; tables of the same group have their rows of the same key on the same node
 * @param shards the number of shards
 */
public record TableInfo(
        TableName name,
        TableKind kind,
        Optional<String> distributionColumn,
        OptionalInt colocation,
        OptionalInt shards) {

    /** Returns one line, as in {@code public.orders: distributed by "user_id", 32 shards}. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder(name + ": " + kind.name().toLowerCase(Locale.ROOT));
        distributionColumn.ifPresent(
                column -> line.append(" by \"").append(column).append('"'));
        shards.ifPresent(count -> line.append(", ").append(count).append(" shards"));
        return line.toString();
    }
}
