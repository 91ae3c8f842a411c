package org.citustenancy.statistics;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a node has counted for a database since its statistics were last reset, as in {@code pg_stat_database}.
 *
 * @param commits transactions that were committed, those of Citus itself included
 * @param rollbacks transactions that were rolled back
 * @param blocksHit blocks that were found in the server's cache
 * @param blocksRead blocks that were not
 * @param deadlocks deadlocks that this node detected locally
 * @param temporaryFiles files that queries needed because their memory was not enough
 * @param temporaryBytes bytes in them
 * @param since when counting began; absent if never reset
 */
public record DatabaseCounters(
        long commits,
        long rollbacks,
        long blocksHit,
        long blocksRead,
        long deadlocks,
        long temporaryFiles,
        long temporaryBytes,
        Optional<Instant> since) {

    /**
     * Which part of the blocks was found in the cache.
     *
     * @return from 0 to 1; absent if no block was requested
     */
    public OptionalDouble cacheHitRatio() {
        long all = blocksHit + blocksRead;
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) blocksHit / all);
    }

    /**
     * The counters of two nodes together.
     *
     * @param other the other node's
     * @return their sums, counted since the later of the two moments
     */
    public DatabaseCounters plus(DatabaseCounters other) {
        return new DatabaseCounters(
                commits + other.commits,
                rollbacks + other.rollbacks,
                blocksHit + other.blocksHit,
                blocksRead + other.blocksRead,
                deadlocks + other.deadlocks,
                temporaryFiles + other.temporaryFiles,
                temporaryBytes + other.temporaryBytes,
                later(since, other.since));
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        if (one.isPresent() && other.isPresent()) {
            return one.get().isAfter(other.get()) ? one : other;
        }
        return one.isPresent() ? one : other;
    }
}
