package org.citustenancy.internal.planning;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.internal.sql.ConnectPrivilegeStatements;
import org.citustenancy.topology.Node;

/**
 * Plans the closing of the cluster's own databases to the users of projects. In the maintenance database a session
 * holds the locks of this library, and in {@code template1} it blocks the creation of databases.
 */
public final class ClosingPlanner {

    private ClosingPlanner() {}

    /**
     * Closes the databases that are open.
     *
     * @param open by node, the databases on which PUBLIC has a privilege
     */
    public static List<PlannedStep> close(Map<Node, Set<String>> open) {
        return open.entrySet().stream()
                .flatMap(node -> node.getValue().stream().map(database -> close(node.getKey(), database)))
                .toList();
    }

    /**
     * Closes on one node the databases that another node has closed.
     *
     * @param open by node, the databases on which PUBLIC has a privilege
     */
    static Stream<PlannedStep> follow(Node node, Map<Node, Set<String>> open) {
        return open.getOrDefault(node, Set.of()).stream()
                .filter(database -> open.entrySet().stream()
                        .anyMatch(other -> !other.getKey().equals(node)
                                && !other.getValue().contains(database)))
                .map(database -> close(node, database));
    }

    private static PlannedStep close(Node node, String database) {
        return PlannedStep.transactional(
                Stage.DOORS,
                node,
                ConnectPrivilegeStatements.revokeFromPublic(database),
                "take from PUBLIC the right to connect to \"" + database + "\"");
    }
}
