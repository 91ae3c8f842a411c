package org.citustenancy.statistics;

import java.util.List;

/**
 * What several nodes were asked for.
 *
 * @param found what those that answered said
 * @param unanswered the nodes that did not, whose part is missing
 * @param <T> what was asked for
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
