package org.citustenancy.hikari.internal.nodes;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * How far a standby is behind its primary. The primary's positions in the write-ahead log are kept with the time at
 * which it was asked for them: a standby that has replayed such a position has everything that was committed before
 * that time. So neither the clocks of the servers matter, nor whether the standby still receives anything, and any user
 * may measure it.
 */
public final class ReplicationLag {

    private static final int POSITIONS = 64;

    private final Deque<Position> ofPrimary = new ArrayDeque<>();
    private OptionalLong current = OptionalLong.empty();

    private record Position(long wal, long nanos) {}

    /**
     * Keeps a position of the primary.
     *
     * @param wal the position, in bytes
     * @param nanos when the query for it began, on the clock of {@link System#nanoTime()}
     */
    public synchronized void primaryIsAt(long wal, long nanos) {
        Position last = ofPrimary.peekLast();
        if (last != null && wal < last.wal) {
            // Another server took over, and did not have all of the log.
            ofPrimary.clear();
        }
        ofPrimary.addLast(new Position(wal, nanos));
        if (ofPrimary.size() > POSITIONS) {
            ofPrimary.removeFirst();
        }
    }

    /**
     * Compares a position of the standby with the primary's.
     *
     * @param wal the position up to which it has replayed the log, in bytes
     * @return whether it has replayed all that the primary was asked for
     */
    public synchronized boolean standbyIsAt(long wal) {
        while (!ofPrimary.isEmpty() && ofPrimary.getFirst().wal <= wal) {
            current = OptionalLong.of(ofPrimary.removeFirst().nanos);
        }
        return ofPrimary.isEmpty();
    }

    /** Checks whether the standby has everything that was committed before a period of this length. */
    public synchronized boolean isWithin(Duration max) {
        return current.isPresent() && System.nanoTime() - current.getAsLong() <= max.toNanos();
    }
}
