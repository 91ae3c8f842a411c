package org.citustenancy.internal.planning;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredSetting;
import org.citustenancy.internal.desired.DesiredUser;
import org.citustenancy.internal.observing.ObservedDatabase;
import org.citustenancy.internal.sql.RoleStatements;
import org.citustenancy.topology.Node;

/**
 * Reconciles the settings of users: every session of a user in the project starts with the desired ones, on every node.
 */
final class UserSettingReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream().flatMap(node -> context.desired().users().values().stream()
                .flatMap(user -> user.stays() ? set(context, node, user) : reset(context, node, user)));
    }

    private static Stream<PlannedStep> set(PlanningContext context, Node node, DesiredUser user) {
        Map<String, String> stored = stored(context, node, user);
        return user.settings().values().stream()
                .filter(setting -> !isStored(stored, setting))
                .map(setting -> PlannedStep.transactional(
                                Stage.DOORS,
                                node,
                                RoleStatements.set(user.name(), context.database(), setting.name(), setting.elements()),
                                "set " + setting.name() + " for new sessions of \"" + user.name() + "\"")
                        .because("sessions of \"" + user.name() + "\" lack the setting of " + setting.name()
                                + ", or have another one"));
    }

    private static boolean isStored(Map<String, String> stored, DesiredSetting setting) {
        return Optional.ofNullable(stored.get(setting.name()))
                .map(setting::isStoredAs)
                .orElse(false);
    }

    private static Stream<PlannedStep> reset(PlanningContext context, Node node, DesiredUser user) {
        return stored(context, node, user).isEmpty()
                ? Stream.empty()
                : Stream.of(PlannedStep.transactional(
                                Stage.DOORS,
                                node,
                                RoleStatements.resetAll(user.name(), context.database()),
                                "forget the settings of \"" + user.name() + "\"")
                        .because("\"" + user.name() + "\" leaves the project and still has settings in it"));
    }

    private static Map<String, String> stored(PlanningContext context, Node node, DesiredUser user) {
        return context.on(node)
                .database()
                .map(ObservedDatabase::roleSettings)
                .map(settings -> settings.getOrDefault(user.name(), Map.<String, String>of()))
                .orElse(Map.of());
    }
}
