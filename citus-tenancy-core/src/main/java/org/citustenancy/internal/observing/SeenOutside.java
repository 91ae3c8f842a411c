package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.topology.Node;

/**
 * A project on a node, observed from outside only.
 *
 * @param state the project on the node
 * @param admin the start of the admin's sessions between nodes
 */
public record SeenOutside(NodeState state, AdminSessions admin) {

    static SeenOutside of(Outside outside) {
        return new SeenOutside(
                new NodeState(
                        outside.database(), outside.roles(), Optional.empty(), Optional.empty(), outside.original()),
                outside.admin());
    }

    /**
     * Combines the states of all nodes. The users of a template are registered without their passwords, so there are no
     * verifiers to compare.
     *
     * @param seen the state that each node reports
     */
    public static ObservedProject together(Map<Node, SeenOutside> seen) {
        Map<Node, NodeState> nodes = new LinkedHashMap<>();
        Map<Node, AdminSessions> admin = new LinkedHashMap<>();
        seen.forEach((node, there) -> {
            nodes.put(node, there.state());
            admin.put(node, there.admin());
        });
        return new ObservedProject(nodes, Map.of(), Map.of(), admin, Optional.empty());
    }
}
