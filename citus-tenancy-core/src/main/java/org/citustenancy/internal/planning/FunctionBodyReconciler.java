package org.citustenancy.internal.planning;

import java.util.stream.Stream;
import org.citustenancy.internal.sql.PlaceholderStatements;

/** The functions of users have their bodies on every worker. A worker is registered while they have none. */
final class FunctionBodyReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        if (!MissingBodies.in(context)) {
            return Stream.empty();
        }
        // Citus compares what it sends with what is there, and keeps both where they differ.
        Stream<PlannedStep> replace = context.topology().workers().stream()
                .filter(worker -> CitusReconciler.isForgetful(context, worker)
                        && context.on(worker).contents().isPresent())
                .map(worker -> PlannedStep.transactional(
                                Stage.CLOSE_TO_USERS,
                                worker,
                                PlaceholderStatements.replaceBodies(),
                                "give the functions of users placeholder bodies until the worker is registered")
                        .because("the " + worker + " does not know the nodes and tables of the project"));
        Stream<PlannedStep> restore = Stream.of(PlannedStep.functionBodies(
                        Stage.FUNCTION_BODIES,
                        context.topology().coordinator(),
                        PlaceholderStatements.definitions(),
                        "give the functions of users their bodies on workers, as temporary roles that are members of their owners")
                .because("functions of users have no bodies on a worker"));
        return Stream.concat(replace, restore);
    }
}
