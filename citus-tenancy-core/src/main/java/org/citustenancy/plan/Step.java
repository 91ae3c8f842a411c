package org.citustenancy.plan;

import org.citustenancy.topology.Node;

/**
 * One statement of a plan.
 *
 * @param number its place in the plan, from 1
 * @param node the node it runs on
 * @param database the database it runs in
 * @param description the effect of the statement, in one line of plain words
 * @param because the missing or wrong state that the statement corrects, in one line; empty if the operation itself is
 *     the reason
 * @param sql the statement, with passwords masked
 * @param onlyIfNeeded whether the step is skipped if it turns out not to be needed when its turn comes
 */
public record Step(
        int number, Node node, String database, String description, String because, String sql, boolean onlyIfNeeded) {

    /**
     * Returns the same step with another number.
     *
     * @param place the number, from 1
     * @return a copy
     */
    public Step numbered(int place) {
        return new Step(place, node, database, description, because, sql, onlyIfNeeded);
    }

    /** Returns the number, node, database, and description. */
    @Override
    public String toString() {
        return "%2d. %s, %s: %s%s"
                .formatted(number, node, database, description, onlyIfNeeded ? " (only if needed)" : "");
    }
}
