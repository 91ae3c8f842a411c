package org.citustenancy.internal.tables.suggestion;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.internal.tables.rules.ForeignKey;
import org.citustenancy.internal.tables.rules.ObservedTables;
import org.citustenancy.tables.TableName;

/**
 * How much each table counts: by its size, or, in a database with few rows, by its place in the schema. Tables that
 * reference others, which reference others, are those that grow.
 */
final class TableWeights {

    /** With less in all tables, sizes say nothing yet. */
    private static final long FEW_BYTES = 1 << 20;

    private final Map<TableName, Double> weights = new LinkedHashMap<>();
    private final Map<TableName, Long> bytes;
    private final boolean bySize;
    private final double total;

    TableWeights(ObservedTables observed, Map<TableName, Long> bytes) {
        this.bytes = bytes;
        this.bySize = bytes.values().stream().mapToLong(Long::longValue).sum() >= FEW_BYTES;
        for (TableName table : observed.tables().keySet()) {
            double depth = depth(table, observed.foreignKeys());
            weights.put(table, bySize ? (double) bytes.getOrDefault(table, 0L) : (1 + depth) * (1 + depth));
        }
        this.total = weights.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Returns the number of references between a table and the one that is furthest away. */
    private static int depth(TableName start, List<ForeignKey> keys) {
        Set<TableName> level = Set.of(start);
        Set<TableName> seen = new LinkedHashSet<>(level);
        int depth = 0;
        while (true) {
            Set<TableName> next = new LinkedHashSet<>();
            for (ForeignKey key : keys) {
                if (level.contains(key.from().table()) && seen.add(key.to().table())) {
                    next.add(key.to().table());
                }
            }
            if (next.isEmpty()) {
                return depth;
            }
            level = next;
            depth++;
        }
    }

    /** Returns the share of some tables in all, from 0 to 1. */
    double share(Collection<TableName> tables) {
        return total == 0
                ? 0
                : tables.stream()
                                .mapToDouble(table -> weights.getOrDefault(table, 0.0))
                                .sum()
                        / total;
    }

    /** Checks whether the weights are sizes. */
    boolean bySize() {
        return bySize;
    }

    /** Returns the size of some tables in bytes. */
    long bytes(Collection<TableName> tables) {
        return tables.stream().mapToLong(table -> bytes.getOrDefault(table, 0L)).sum();
    }
}
