package org.citustenancy.workers;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.citustenancy.topology.Node;

/**
 * Shards that move together: shards of colocated tables that have the same range of hash values.
 *
 * @param shards the number of the shard, by table, as in {@code public.orders}
 * @param from the node that holds them
 * @param to the node that they move to
 * @param bytes their size on disk, with indexes
 */
public record PlannedMove(Map<String, Long> shards, Node from, Node to, long bytes) {

    /** Copies the map. */
    public PlannedMove {
        shards = Collections.unmodifiableMap(new LinkedHashMap<>(shards));
    }

    /** Returns one line, as in {@code public.orders 102008 from worker a:5432 to worker b:5432, 65536 bytes}. */
    @Override
    public String toString() {
        String names = shards.entrySet().stream()
                .map(shard -> shard.getKey() + " " + shard.getValue())
                .collect(Collectors.joining(", "));
        return names + " from " + from + " to " + to + ", " + bytes + " bytes";
    }
}
