package org.citustenancy.internal.planning;

import java.util.stream.Stream;
import org.citustenancy.internal.sql.ExtensionStatements;

/** The database has the extensions that were asked for, on every node. */
final class ExtensionReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext situation) {
        return situation.topology().nodes().stream().flatMap(node -> situation.desired().extensions().stream()
                .filter(extension -> !situation.on(node).has(extension))
                .map(extension -> PlannedStep.transactional(
                                Stage.EXTENSIONS,
                                node,
                                ExtensionStatements.createForUsers(extension),
                                "create the extension " + extension)
                        .because("the extension " + extension + " is missing")));
    }
}
