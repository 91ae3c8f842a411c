package org.citustenancy.suspending;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The report of one round of the service that suspends unused projects.
 *
 * @param at when the round ended
 * @param acted whether this process ran the round; false if another process runs it
 * @param awake the number of managed projects that have a maintenance daemon after the round
 * @param suspended the projects that were suspended
 * @param attended the projects that clients used without a maintenance daemon, and that have one again
 * @param obstacles by project, why it was not suspended, or why it still has no daemon
 */
public record AutosuspendReport(
        Instant at,
        boolean acted,
        int awake,
        List<String> suspended,
        List<String> attended,
        Map<String, String> obstacles) {

    /** Copies the collections. */
    public AutosuspendReport {
        suspended = List.copyOf(suspended);
        attended = List.copyOf(attended);
        obstacles = Collections.unmodifiableSortedMap(new TreeMap<>(obstacles));
    }

    /** Returns one line. */
    @Override
    public String toString() {
        return acted
                ? awake + " projects are awake; suspended " + suspended + "; gave a daemon to " + attended
                        + (obstacles.isEmpty() ? "" : "; obstacles: " + obstacles)
                : "another process suspends projects";
    }
}
