package org.citustenancy.internal.planning;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredSetting;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.observing.ObservedDatabase;
import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.internal.sql.RoleStatements;
import org.citustenancy.topology.Node;

/**
 * Reconciles the owner of the project's database: it belongs to the library's role on every node. The former owner
 * could change its settings, with which the sessions of superusers start, too. Settings that the request does not
 * contain may be in use, so they become settings of the project's users in the database.
 *
 * <p>One transaction per node contains these steps and the grants of {@link ConnectPrivilegeReconciler}, because a
 * change of owner revokes the privileges of the former owner.
 */
final class OwnershipReconciler implements Reconciler {

    /** Settings that are no settings of a project, but that a user may have. */
    private static final Set<String> VERBATIM = Set.of("role", "session_authorization");

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream().flatMap(node -> context.on(node).database().stream()
                .filter(database -> !database.owner().equals(LibraryRoles.OWNER))
                .flatMap(database -> Stream.concat(
                        Stream.of(PlannedStep.transactional(
                                        Stage.DOORS,
                                        node,
                                        DatabaseStatements.changeOwner(context.database(), LibraryRoles.OWNER),
                                        "take the database from \"" + database.owner()
                                                + "\": it belongs to the library's role")
                                .because("the database belongs to \"" + database.owner() + "\"")),
                        convertSettings(context, node, database))));
    }

    private static Stream<PlannedStep> convertSettings(PlanningContext context, Node node, ObservedDatabase database) {
        return database.settings().entrySet().stream()
                .filter(setting -> !context.desired().settings().containsKey(setting.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .flatMap(setting -> Stream.concat(
                        context.desired()
                                .staying()
                                .filter(user -> !hasItsOwn(database, user, setting.getKey()))
                                .map(user -> give(context, node, user, setting)),
                        Stream.of(PlannedStep.transactional(
                                        Stage.DOORS,
                                        node,
                                        DatabaseStatements.reset(context.database(), setting.getKey()),
                                        "remove " + setting.getKey()
                                                + " from the database's settings, which superusers share")
                                .because(shared(setting.getKey())))));
    }

    private static boolean hasItsOwn(ObservedDatabase database, DesiredUser user, String setting) {
        return user.settings().containsKey(setting)
                || database.roleSettings().getOrDefault(user.name(), Map.of()).containsKey(setting);
    }

    private static PlannedStep give(
            PlanningContext context, Node node, DesiredUser user, Map.Entry<String, String> setting) {
        return PlannedStep.transactional(
                        Stage.DOORS,
                        node,
                        VERBATIM.contains(setting.getKey())
                                ? RoleStatements.set(
                                        user.name(), context.database(), setting.getKey(), List.of(setting.getValue()))
                                : RoleStatements.set(
                                        user.name(),
                                        context.database(),
                                        setting.getKey(),
                                        new DesiredSetting(setting.getKey(), setting.getValue()).elements()),
                        "keep the database's setting " + setting.getKey() + " for \"" + user.name() + "\"")
                .because(shared(setting.getKey()));
    }

    private static String shared(String setting) {
        return "the database has a setting of " + setting + ", which no request contains and superusers share";
    }
}
