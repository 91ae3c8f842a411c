package org.citustenancy.internal.planning;

import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.sql.CitusStatements;
import org.citustenancy.topology.Node;

/**
 * Reconciles the metadata of Citus in the project's database of every node: it contains the users' roles as present on
 * all nodes. Otherwise Citus would try to create the roles when the owner next creates a table that they may use, and
 * the owner lacks that privilege.
 */
final class KnownRoleReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().citus()
                ? context.topology().nodes().stream().flatMap(node -> context.desired().users().values().stream()
                        .flatMap(user -> steps(context, node, user)))
                : Stream.empty();
    }

    private static Stream<PlannedStep> steps(PlanningContext context, Node node, DesiredUser user) {
        boolean known = context.on(node)
                .contents()
                .map(inside -> inside.knownRoles().contains(user.name()))
                .orElse(false);
        if (known == user.stays()) {
            return Stream.empty();
        }
        return Stream.of(PlannedStep.transactional(
                        Stage.KNOWN_ROLES,
                        node,
                        user.stays() ? CitusStatements.knowRole(user.name()) : CitusStatements.forgetRole(user.name()),
                        user.stays()
                                ? "mark for Citus that \"" + user.name() + "\" is on every node"
                                : "let Citus forget \"" + user.name() + "\"")
                .because(
                        user.stays()
                                ? "Citus does not know that the role \"" + user.name() + "\" is on every node"
                                : "Citus still knows the role \"" + user.name() + "\", which leaves the project"));
    }
}
