package org.citustenancy.internal.planning;

import java.util.List;
import org.citustenancy.internal.sql.RemovalStatements;
import org.citustenancy.internal.sql.RoleStatements;
import org.citustenancy.topology.Node;

/** The way to a cluster without a role that is in no project any more. */
public final class RoleRemoval {

    private RoleRemoval() {}

    /**
     * What the role still has in a project's database: privileges on functions and types, and the like.
     *
     * @param nodes the nodes that have the role
     */
    public static List<PlannedStep> lastPrivileges(List<Node> nodes, String role) {
        return nodes.stream()
                .map(node -> PlannedStep.transactional(
                        Stage.LAST_PRIVILEGES,
                        node,
                        RemovalStatements.dropOwned(role),
                        "take the last privileges from \"" + role + "\""))
                .toList();
    }

    /**
     * The role itself.
     *
     * @param nodes the nodes that have the role
     */
    public static List<PlannedStep> dropRole(List<Node> nodes, String role) {
        return nodes.stream()
                .map(node -> PlannedStep.transactional(
                        Stage.DROP_ROLES, node, RoleStatements.drop(role), "drop the role \"" + role + "\""))
                .toList();
    }
}
