package org.citustenancy.plan;

import org.citustenancy.topology.Node;

/**
 * One statement of a plan.
 *
 * @param number its place in the plan, from 1
 * @param node the node it runs on
 * @param database the database it runs in
 * @param description what it does, in one line of plain words
 * @param because what is wrong or missing until it is done, in one line; empty where the operation itself is the reason
 * @param sql the statement, with passwords masked
 * @param onlyIfNeeded whether it is left out if it turns out, when its turn comes, that it is not needed
 */
public record Step(
        int number, Node node, String database, String description, String because, String sql, boolean onlyIfNeeded) {

    /**
     * The same step at another place of a plan.
     *
     * @param place the number, from 1
     * @return a copy
     */
    public Step numbered(int place) {
        return new Step(place, node, database, description, because, sql, onlyIfNeeded);
    }

    /** Number, node, database, and what it does. */
    @Override
    public String toString() {
        return "%2d. %s, %s: %s%s"
                .formatted(number, node, database, description, onlyIfNeeded ? " (only if needed)" : "");
    }
}
