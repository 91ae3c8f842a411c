package org.citustenancy.statistics;

import java.util.List;

/**
 * The answers of several nodes to one query.
 *
 * @param found the answers
 * @param unanswered the nodes that did not answer; their answers are missing
 * @param <T> the type of an answer
 */
public record Reading<T>(List<T> found, List<UnansweredNode> unanswered) {

    /** Copies the lists. */
    public Reading {
        found = List.copyOf(found);
        unanswered = List.copyOf(unanswered);
    }

    /**
     * Returns whether answers of nodes are missing.
     *
     * @return true if at least one node did not answer
     */
    public boolean isPartial() {
        return !unanswered.isEmpty();
    }
}
