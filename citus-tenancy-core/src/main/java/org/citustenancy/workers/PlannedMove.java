package org.citustenancy.workers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.citustenancy.topology.Node;

/**
 * Shards that are to move together: those of colocated tables that have the same range of hash values.
 *
 * @param shards by table, as in {@code public.orders}, the number of its shard
 * @param from the node on which they lie
 * @param to the node on which they are to lie
 * @param bytes how much they take on disk, with indexes
 */
public record PlannedMove(Map<String, Long> shards, Node from, Node to, long bytes) {

    /** Copies the map. */
    public PlannedMove {
        shards = Collections.unmodifiableMap(new LinkedHashMap<>(shards));
    }

    /** One line, as in {@code public.orders 102008 from worker a:5432 to worker b:5432, 65536 bytes}. */
    @Override
    public String toString() {
        String names = shards.entrySet().stream()
                .map(shard -> shard.getKey() + " " + shard.getValue())
                .collect(Collectors.joining(", "));
        return names + " from " + from + " to " + to + ", " + bytes + " bytes";
    }
}
