package org.citustenancy.statistics;

import java.util.Map;
import org.citustenancy.topology.Node;

/**
 * A node and its sessions, whichever database they are in.
 *
 * @param node the node
 * @param maxConnections how many sessions it allows
 * @param reservedConnections how many of them are kept for superusers, or for roles with a privilege for it
 * @param userLimits how many sessions a user may have there, for users with such a limit
 * @param sessions the clients' sessions
 */
public record NodeFigures(
        Node node,
        int maxConnections,
        int reservedConnections,
        Map<String, Integer> userLimits,
        ClientSessions sessions) {

    /** Copies the map. */
    public NodeFigures {
        userLimits = Map.copyOf(userLimits);
    }

    /**
     * How many more sessions projects' users can open now.
     *
     * @return the number; 0 if only those are left that are kept for superusers
     */
    public int freeConnections() {
        return Math.max(0, maxConnections - reservedConnections - sessions.seen());
    }
}
