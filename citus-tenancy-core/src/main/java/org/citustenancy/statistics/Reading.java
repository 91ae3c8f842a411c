package org.citustenancy.statistics;

import java.util.List;

/**
 * The answers of several nodes to one query.
 *
 * @param found the answers
 * @param unanswered the nodes that did not answer, whose part is missing
 * @param <T> the type of an answer
 */
public record Reading<T>(List<T> found, List<UnansweredNode> unanswered) {

    /** Copies the lists. */
    public Reading {
        found = List.copyOf(found);
        unanswered = List.copyOf(unanswered);
    }

    /**
     * Whether nodes are missing.
     *
     * @return true if at least one is
     */
    public boolean isPartial() {
        return !unanswered.isEmpty();
    }
}
