package org.citustenancy.internal.planning;

import java.util.List;
import org.citustenancy.internal.sql.RemovalStatements;
import org.citustenancy.internal.sql.RoleStatements;
import org.citustenancy.topology.Node;

/** Plans the removal of a role that is in no project any more. */
public final class RoleRemoval {

    private RoleRemoval() {}

    /**
     * Returns the steps that revoke the remaining privileges of the role in a project's database: privileges on
     * functions, types and similar objects.
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
     * Returns the steps that drop the role.
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
