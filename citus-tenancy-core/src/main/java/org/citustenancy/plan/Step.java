package org.citustenancy.plan;

import org.citustenancy.topology.Node;

/**
 * One statement of a plan.
 *
 * @param number its place in the plan, from 1
 * @param node the node it runs on
 * @param database the database it runs in
 * @param description what it does, in one line of plain words
 * @param sql the statement, with passwords masked
 * @param onlyIfNeeded whether it is left out if it turns out, when its turn comes, that it is not needed
 */
public record Step(int number, Node node, String database, String description, String sql, boolean onlyIfNeeded) {

    /** Number, node, database, and what it does. */
    @Override
    public String toString() {
        return "%2d. %s, %s: %s%s"
                .formatted(number, node, database, description, onlyIfNeeded ? " (only if needed)" : "");
    }
}
