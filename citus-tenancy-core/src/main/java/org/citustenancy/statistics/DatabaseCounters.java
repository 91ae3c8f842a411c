package org.citustenancy.statistics;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The counters of a node for a database since its statistics were last reset, as in {@code pg_stat_database}.
 *
 * @param commits committed transactions, including those of Citus itself
 * @param rollbacks rolled-back transactions
 * @param blocksHit blocks that were found in the server's cache
 * @param blocksRead blocks that were not found in the server's cache
 * @param deadlocks deadlocks that this node detected locally
 * @param temporaryFiles files that queries created because their memory did not suffice
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
     * Returns the fraction of blocks that were found in the cache.
     *
     * @return from 0 to 1; absent if no block was requested
     */
    public OptionalDouble cacheHitRatio() {
        long all = blocksHit + blocksRead;
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) blocksHit / all);
    }

    /**
     * Returns the sum of the counters of two nodes.
     *
     * @param other the counters of the other node
     * @return the sums, counted since the later of the two times
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
