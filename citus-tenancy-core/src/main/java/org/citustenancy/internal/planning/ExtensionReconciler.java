package org.citustenancy.internal.planning;

import java.util.stream.Stream;
import org.citustenancy.internal.sql.ExtensionStatements;

/** Reconciles the extensions: the database has the desired ones on every node. */
final class ExtensionReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream().flatMap(node -> context.desired().extensions().stream()
                .filter(extension -> !context.on(node).has(extension))
                .map(extension -> PlannedStep.transactional(
                                Stage.EXTENSIONS,
                                node,
                                ExtensionStatements.createForUsers(extension),
                                "create the extension " + extension)
                        .because("the extension " + extension + " is missing")));
    }
}
