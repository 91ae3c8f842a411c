package org.citustenancy.failover;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.workers.NodeChange;

/**
 * The report of one round of a monitor.
 *
 * @param at when the round ended
 * @param acted whether this process ran the round; false if another process runs it
 * @param changes the nodes that got the address of their successor
 * @param obstacles the nodes that have failed and have no successor yet, changes that failed, and directories that
 *     failed
 */
public record FailoverReport(Instant at, boolean acted, List<NodeChange> changes, List<String> obstacles) {

    /** Copies the lists. */
    public FailoverReport {
        changes = List.copyOf(changes);
        obstacles = List.copyOf(obstacles);
    }

    /** Returns one line. */
    @Override
    public String toString() {
        String all = Stream.concat(changes.stream().map(NodeChange::toString), obstacles.stream())
                .collect(Collectors.joining("; "));
        return all.isEmpty() ? (acted ? "every node answers" : "another process follows failovers") : all;
    }
}
