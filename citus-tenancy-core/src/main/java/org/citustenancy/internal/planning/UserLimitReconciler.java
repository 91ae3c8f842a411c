package org.citustenancy.internal.planning;

import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedRole;
import org.citustenancy.internal.sql.RoleStatements;
import org.citustenancy.topology.Node;

/** Reconciles the limits of roles: each has the desired connection limit and password expiry on every node. */
final class UserLimitReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.desired().staying().flatMap(user -> context.topology().nodes().stream()
                .flatMap(node -> Stream.concat(sessions(context, node, user), validity(context, node, user))));
    }

    private static Stage stage(Node node) {
        return node.isCoordinator() ? Stage.ROLES : Stage.ROLES_ON_WORKERS;
    }

    private static Stream<PlannedStep> sessions(PlanningContext context, Node node, DesiredUser user) {
        ObservedRole role = context.on(node).roles().get(user.name());
        return user.options().connectionLimit().stream()
                .filter(limit -> role == null || role.connectionLimit() != limit)
                .mapToObj(limit -> PlannedStep.transactional(
                                stage(node),
                                node,
                                RoleStatements.limitConnections(user.name(), limit),
                                limit < 0
                                        ? "let \"" + user.name() + "\" have any number of sessions"
                                        : "let \"" + user.name() + "\" have at most " + limit + " sessions")
                        .because(
                                role == null
                                        ? "the role \"" + user.name() + "\" is missing"
                                        : "\"" + user.name() + "\" may have another number of sessions"));
    }

    private static Stream<PlannedStep> validity(PlanningContext context, Node node, DesiredUser user) {
        ObservedRole role = context.on(node).roles().get(user.name());
        return user.options().validUntil().stream()
                .filter(moment ->
                        role == null || !role.validUntil().equals(user.options().validUntil()))
                .map(moment -> PlannedStep.transactional(
                                stage(node),
                                node,
                                RoleStatements.validUntil(user.name(), moment),
                                "accept the password of \"" + user.name() + "\" until " + moment)
                        .because(
                                role == null
                                        ? "the role \"" + user.name() + "\" is missing"
                                        : "the password of \"" + user.name() + "\" is accepted until another moment"));
    }
}
