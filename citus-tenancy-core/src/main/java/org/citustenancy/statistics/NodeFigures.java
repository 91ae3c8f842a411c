package org.citustenancy.statistics;

import java.util.Map;
import org.citustenancy.topology.Node;

/**
 * A node and its sessions in all databases.
 *
 * @param node the node
 * @param maxConnections the maximum number of sessions
 * @param reservedConnections the number of these that are reserved for superusers, or for roles with the corresponding
 *     privilege
 * @param userLimits the maximum number of sessions of each user with such a limit on the node
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
     * Returns how many more sessions the projects' users can open now.
     *
     * @return the number; 0 if only reserved connections are left
     */
    public int freeConnections() {
        return Math.max(0, maxConnections - reservedConnections - sessions.seen());
    }
}
