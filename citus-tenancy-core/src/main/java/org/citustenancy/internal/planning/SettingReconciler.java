package org.citustenancy.internal.planning;

import java.util.stream.Stream;
import org.citustenancy.internal.desired.DesiredSetting;
import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.topology.Node;

/** Reconciles the settings of the database: every session starts with the desired ones, on every node. */
final class SettingReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream().flatMap(node -> context.desired().settings().values().stream()
                .filter(setting -> !isSet(context, node, setting))
                .map(setting -> PlannedStep.transactional(
                                Stage.SETTINGS,
                                node,
                                DatabaseStatements.set(context.database(), setting.name(), setting.elements()),
                                "set " + setting.name() + " for new sessions")
                        .because("the database lacks the setting of " + setting.name() + ", or has another one")));
    }

    private static boolean isSet(PlanningContext context, Node node, DesiredSetting setting) {
        return context.on(node)
                .database()
                .map(database -> database.settings().get(setting.name()))
                .map(setting::isStoredAs)
                .orElse(false);
    }
}
