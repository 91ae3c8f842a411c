package org.citustenancy.internal.planning;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.observing.ObservedRole;
import org.citustenancy.internal.sql.RoleStatements;
import org.citustenancy.topology.Node;

/** Reconciles the role that owns the projects' databases: every node has it, and no session can act as it. */
final class LibraryRoleReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream().flatMap(node -> steps(context, node));
    }

    private static Stream<PlannedStep> steps(PlanningContext context, Node node) {
        Stage stage = node.isCoordinator() ? Stage.ROLES : Stage.ROLES_ON_WORKERS;
        ObservedRole role = context.on(node).roles().get(LibraryRoles.OWNER);
        if (role == null) {
            return Stream.of(PlannedStep.transactional(
                            stage,
                            node,
                            RoleStatements.createWithoutLogin(LibraryRoles.OWNER),
                            "create the role that owns the projects' databases")
                    .because("the role \"" + LibraryRoles.OWNER + "\" is missing"));
        }
        Stream<PlannedStep> attributes = role.login() || !role.power().isEmpty()
                ? Stream.of(PlannedStep.transactional(
                                stage,
                                node,
                                RoleStatements.withoutAttributes(LibraryRoles.OWNER),
                                "take LOGIN and every other attribute from the role that owns the projects' databases")
                        .because("the role \"" + LibraryRoles.OWNER + "\" has attributes that it must not have: "
                                + attributes(role)))
                : Stream.empty();
        Stream<PlannedStep> members = role.members().stream().map(member -> PlannedStep.transactional(
                        stage,
                        node,
                        RoleStatements.removeMember(LibraryRoles.OWNER, member),
                        "remove \"" + member + "\" from the role that owns the projects' databases")
                .because("\"" + member + "\" is a member of the role \"" + LibraryRoles.OWNER + "\""));
        return Stream.concat(attributes, members);
    }

    private static String attributes(ObservedRole role) {
        return Stream.of(role.login() ? "LOGIN" : "", role.power())
                .filter(attribute -> !attribute.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
