package org.citustenancy.failover;

import java.time.Instant;
import java.util.List;

/**
 * The report of one round of recovery.
 *
 * @param at when the round ended
 * @param acted whether this process recovered; false if another one does, or if a node is not the expected server
 * @param databases the databases that the round visited without a failure, by name
 * @param obstacles why the round did not recover, or not in all databases; empty if nothing is wrong
 */
public record RecoveryReport(Instant at, boolean acted, List<String> databases, List<String> obstacles) {

    /** Copies the lists. */
    public RecoveryReport {
        databases = List.copyOf(databases);
        obstacles = List.copyOf(obstacles);
    }

    /** Returns one line. */
    @Override
    public String toString() {
        return (acted ? "recovered in " + databases.size() + " databases" : "recovered nothing")
                + (obstacles.isEmpty() ? "" : ": " + String.join("; ", obstacles));
    }
}
