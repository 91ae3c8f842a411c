package org.citustenancy.spring.internal.figures;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.capacity.Capacity;
import org.citustenancy.statistics.ClusterFigures;

/**
 * The latest figures of the cluster.
 *
 * @param at the time of the query; absent if there was none yet
 * @param figures sizes and connections; absent if the cluster did not respond
 * @param capacity its capacity; absent if it, or one of its workers, did not respond
 * @param shards the number of shards by database, for counted databases
 * @param problem the reason if something is absent
 */
public record Snapshot(
        Optional<Instant> at,
        Optional<ClusterFigures> figures,
        Optional<Capacity> capacity,
        Map<String, Long> shards,
        Optional<String> problem) {

    /** Copies the map. */
    public Snapshot {
        shards = Map.copyOf(shards);
    }

    /**
     * Creates a snapshot without figures.
     *
     * @param at the time of the query
     * @param problem the reason
     * @return a snapshot without figures
     */
    static Snapshot without(Optional<Instant> at, String problem) {
        return new Snapshot(at, Optional.empty(), Optional.empty(), Map.of(), Optional.of(problem));
    }
}
