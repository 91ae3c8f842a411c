package org.citustenancy.failover;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The report of one round of recovery.
 *
 * @param at when the round ended
 * @param acted whether this process recovered; false if another one does, or if a node is not the expected server
 * @param databases the databases that the round visited without a failure, by name
 * @param obstacles why the round did not recover, or not in all databases; empty if nothing is wrong
 */
public record RecoveryReport(Instant at, boolean acted, List<String> databases, List<String> obstacles) {

    private static final int SHOWN = 3;

    /** Copies the lists. */
    public RecoveryReport {
        databases = List.copyOf(databases);
        obstacles = List.copyOf(obstacles);
    }

    /** Returns one line, with the first obstacles if there are many: a node that fails is one in each database. */
    @Override
    public String toString() {
        String first = obstacles.stream().limit(SHOWN).collect(Collectors.joining("; "));
        int more = Math.max(0, obstacles.size() - SHOWN);
        return (acted ? "recovered in " + databases.size() + " databases" : "recovered nothing")
                + (first.isEmpty() ? "" : ": " + first)
                + (more == 0 ? "" : "; and " + more + " more");
    }
}
