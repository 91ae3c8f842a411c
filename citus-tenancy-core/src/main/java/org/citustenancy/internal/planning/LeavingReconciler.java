package org.citustenancy.internal.planning;

import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.sql.NodePasswordStatements;
import org.citustenancy.internal.sql.PrivilegeStatements;
import org.citustenancy.topology.Node;

/** Who leaves the project owns nothing in it, and no node lets him through to the others any more. */
final class LeavingReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext situation) {
        return situation.desired().users().values().stream()
                .filter(user -> !user.stays())
                .flatMap(user -> situation.topology().nodes().stream()
                        .flatMap(node -> Stream.concat(
                                inheritance(situation, node, user.name()), password(situation, node, user.name()))));
    }

    private static Stream<PlannedStep> inheritance(PlanningContext situation, Node node, String user) {
        boolean owns = situation
                .on(node)
                .privileges()
                .map(seen -> seen.owners().contains(user))
                .orElse(false);
        return situation.desired().owner().map(DesiredUser::name).stream()
                .filter(heir -> owns)
                .map(heir -> PlannedStep.transactional(
                                Stage.PRIVILEGES,
                                node,
                                PrivilegeStatements.reassign(user, heir),
                                "give what \"" + user + "\" owns to \"" + heir + "\"")
                        .because("\"" + user + "\" leaves the project and still owns objects in it"));
    }

    private static Stream<PlannedStep> password(PlanningContext situation, Node node, String user) {
        boolean known = situation
                .on(node)
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
