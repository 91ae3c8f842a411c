package org.citustenancy.internal.planning;

import java.util.stream.Stream;
import org.citustenancy.internal.observing.SourceDatabase;
import org.citustenancy.internal.sql.DatabaseStatements;
import org.citustenancy.topology.Node;

/** Opens a project that was closed to be copied, as soon as the copy is done or exists already. */
final class SourceDatabaseReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        return context.topology().nodes().stream()
                .flatMap(node -> context.on(node).original().stream().flatMap(original -> open(node, original)));
    }

    private static Stream<PlannedStep> open(Node node, SourceDatabase original) {
        return original.openedTo().stream().mapToObj(sessions -> PlannedStep.transactional(
                        Stage.DOORS,
                        node,
                        DatabaseStatements.open(original.database(), sessions),
                        "open \"" + original.database() + "\" again")
                .because("\"" + original.database() + "\" was closed to be copied and is not open again"));
    }
}
