package org.citustenancy.internal.planning;

import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.sql.NodePasswordStatements;
import org.citustenancy.internal.sql.PrivilegeStatements;
import org.citustenancy.topology.Node;

/**
 * Reconciles users that leave the project: they own nothing in it, and no node authenticates them to other nodes any
 * more.
 */
final class LeavingReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.desired().users().values().stream()
                .filter(user -> !user.stays())
                .flatMap(user -> context.topology().nodes().stream()
                        .flatMap(node -> Stream.concat(
                                inheritance(context, node, user.name()), password(context, node, user.name()))));
    }

    private static Stream<PlannedStep> inheritance(PlanningContext context, Node node, String user) {
        boolean owns = context.on(node)
                .privileges()
                .map(seen -> seen.owners().contains(user))
                .orElse(false);
        return context.desired().owner().map(DesiredUser::name).stream()
                .filter(heir -> owns)
                .map(heir -> PlannedStep.transactional(
                                Stage.PRIVILEGES,
                                node,
                                PrivilegeStatements.reassign(user, heir),
                                "give what \"" + user + "\" owns to \"" + heir + "\"")
                        .because("\"" + user + "\" leaves the project and still owns objects in it"));
    }

    private static Stream<PlannedStep> password(PlanningContext context, Node node, String user) {
        boolean known = context.on(node)
                .contents()
                .map(inside -> inside.nodePasswords().containsKey(user))
                .orElse(false);
        return known
                ? Stream.of(PlannedStep.transactional(
                                Stage.NODE_PASSWORDS,
                                node,
                                NodePasswordStatements.forget(user),
                                "let \"" + user + "\" through to the other nodes no more")
                        .because("\"" + user
                                + "\" leaves the project and the node still has its password for the other nodes"))
                : Stream.empty();
    }
}
