package org.citustenancy.internal.planning;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedDatabase;
import org.citustenancy.internal.sql.ConnectPrivilegeStatements;
import org.citustenancy.topology.Node;

/** Reconciles the privilege to connect: only the project's users may connect to its database, on every node. */
final class ConnectPrivilegeReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream()
                .flatMap(node -> Stream.concat(closeToPublic(context, node), openToUsers(context, node)));
    }

    private static Stream<PlannedStep> closeToPublic(PlanningContext context, Node node) {
        boolean closed = context.on(node)
                .database()
                .map(database -> database.privilegesOf(ObservedDatabase.PUBLIC).isEmpty())
                .orElse(false);
        return closed
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                                Stage.DOORS,
                                node,
                                ConnectPrivilegeStatements.revokeFromPublic(context.database()),
                                "close the database to all other roles")
                        .because("PUBLIC has privileges on the database"));
    }

    private static Stream<PlannedStep> openToUsers(PlanningContext context, Node node) {
        return context.desired().users().values().stream().flatMap(user -> door(context, node, user));
    }

    private static Stream<PlannedStep> door(PlanningContext context, Node node, DesiredUser user) {
        Set<String> granted = granted(context, node, user);
        Set<String> wanted = LevelRules.onDatabase(user.level());
        boolean tooMuch = !wanted.containsAll(granted);
        Set<String> missing = new TreeSet<>(wanted);
        if (!tooMuch) {
            missing.removeAll(granted);
        }
        Stream<PlannedStep> revoke = tooMuch
                ? Stream.of(PlannedStep.transactional(
                                Stage.DOORS,
                                node,
                                ConnectPrivilegeStatements.revokeAll(context.database(), user.name()),
                                "take from \"" + user.name() + "\" what was granted on the database")
                        .because("\"" + user.name() + "\" has " + String.join(", ", new TreeSet<>(granted))
                                + " on the database"))
                : Stream.empty();
        Stream<PlannedStep> grant = missing.isEmpty()
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                                GrowthClosingReconciler.opening(context, node),
                                node,
                                ConnectPrivilegeStatements.grant(missing, context.database(), user.name()),
                                "grant " + String.join(", ", missing) + " on the database to \"" + user.name() + "\"")
                        .because(fault(user, granted, missing)));
        return Stream.concat(revoke, grant);
    }

    private static String fault(DesiredUser user, Set<String> granted, Set<String> missing) {
        Set<String> lacks = new TreeSet<>(missing);
        lacks.removeAll(granted);
        return lacks.isEmpty()
                ? "\"" + user.name() + "\" has " + String.join(", ", new TreeSet<>(granted)) + " on the database"
                : "\"" + user.name() + "\" lacks " + String.join(", ", lacks) + " on the database";
    }

    /**
     * Returns the granted privileges of a user, none for the owner of the database, whose privileges belong to the
     * ownership.
     */
    private static Set<String> granted(PlanningContext context, Node node, DesiredUser user) {
        return context.on(node)
                .database()
                .filter(database -> !database.owner().equals(user.name()))
                .map(database -> database.privilegesOf(user.name()))
                .orElse(Set.of());
    }
}
