package org.citustenancy.internal.observing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.topology.Node;

/**
 * A project as a node has it, seen from outside only.
 *
 * @param state the project there
 * @param admin how the admin's sessions between nodes start
 */
public record SeenOutside(NodeState state, AdminSessions admin) {

    static SeenOutside of(Outside outside) {
        return new SeenOutside(
                new NodeState(
                        outside.database(), outside.roles(), Optional.empty(), Optional.empty(), outside.original()),
                outside.admin());
    }

    /**
     * What all nodes say. The users of a template are known without their passwords, so there are no verifiers to compare.
     *
     * @param seen what each node says
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
