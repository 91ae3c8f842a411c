package org.citustenancy.statistics;

import org.citustenancy.topology.Node;

/**
 * A node that did not answer a query.
 *
 * @param node the node
 * @param reason the reason, as reported by the server that tried to reach it
 */
public record UnansweredNode(Node node, String reason) {

    /** Returns the node and the reason. */
    @Override
    public String toString() {
        return node + " (" + reason + ")";
    }
}
