package org.citustenancy.internal.planning;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.observing.ObservedDatabase;
import org.citustenancy.internal.sql.ConnectPrivilegeStatements;
import org.citustenancy.internal.sql.RemovalStatements;
import org.citustenancy.topology.Node;

/**
 * Closes a project on the coordinator while a registered node lacks a copy of a reference table or the body of a
 * function. The coordinator alone copies reference tables and distributes the statements of users. A worker without
 * bodies is closed, too. The nodes are opened when nothing is missing, or by the next request if this one fails before
 * that.
 */
final class GrowthClosingReconciler implements Reconciler {

    private static final String CONNECT = "CONNECT";

    /** Returns the stage in which users get the privilege to connect to a node. */
    static Stage opening(PlanningContext context, Node node) {
        return isClosed(context, node) ? reopening(node) : Stage.DOORS;
    }

    private static Stage reopening(Node node) {
        return node.isCoordinator() ? Stage.REOPEN : Stage.REOPEN_WORKERS;
    }

    private static boolean isClosed(PlanningContext context, Node node) {
        return node.isCoordinator()
                ? MissingCopies.in(context) || MissingBodies.in(context)
                : MissingBodies.on(context, node);
    }

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream()
                .filter(node -> isClosed(context, node))
                .flatMap(node -> steps(context, node));
    }

    private static Stream<PlannedStep> steps(PlanningContext context, Node node) {
        Set<String> closed = mayConnect(context, node);
        Stream<PlannedStep> close = closed.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        PlannedStep.standalone(
                                Stage.CLOSE_TO_USERS,
                                node,
                                ConnectPrivilegeStatements.revokeConnect(context.database(), closed),
                                "close the project to its users until the workers are complete"),
                        endSessions(Stage.CLOSE_TO_USERS, context, node, "end the sessions of users"));
        // These sessions end before they can reach a worker that lacks the project.
        Stream<PlannedStep> late = node.isCoordinator()
                ? Stream.of(endSessions(
                        Stage.LOST_COPIES, context, node, "end the sessions of users that connected meanwhile"))
                : Stream.empty();
        return Stream.of(close, late, reopen(context, node, closed))
                .flatMap(steps -> steps)
                .map(step -> step.because(
                        MissingBodies.in(context)
                                ? "functions of users have no bodies on a worker"
                                : "reference tables are missing on a node"));
    }

    private static PlannedStep endSessions(Stage stage, PlanningContext context, Node node, String description) {
        return PlannedStep.standalone(
                stage, node, RemovalStatements.endSessionsOfUsers(context.database()), description);
    }

    private static Set<String> mayConnect(PlanningContext context, Node node) {
        return context.on(node).database().stream()
                .flatMap(database -> database.doors().entrySet().stream())
                .filter(door -> door.getValue().contains(CONNECT))
                .map(Map.Entry::getKey)
                .filter(role ->
                        !Set.of(ObservedDatabase.PUBLIC, LibraryRoles.OWNER).contains(role))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Returns the steps that open the node again. If they do not run, {@link ConnectPrivilegeReconciler} finds that the
     * project's users have lost CONNECT.
     */
    private static Stream<PlannedStep> reopen(PlanningContext context, Node node, Set<String> closed) {
        Map<String, DesiredUser> users = context.desired().users();
        return closed.stream()
                .filter(role -> !users.containsKey(role) || users.get(role).stays())
                .map(role -> PlannedStep.transactional(
                        reopening(node),
                        node,
                        ConnectPrivilegeStatements.grant(Set.of(CONNECT), context.database(), role),
                        "grant " + CONNECT + " on the database to \"" + role + "\" again"));
    }
}
