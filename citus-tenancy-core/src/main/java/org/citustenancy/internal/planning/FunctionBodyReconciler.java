package org.citustenancy.internal.planning;

import java.util.stream.Stream;
import org.citustenancy.internal.sql.PlaceholderStatements;

/** Reconciles the bodies of users' functions: every worker has them. A worker is registered while it has none. */
final class FunctionBodyReconciler implements Reconciler {

    @Override
    public Stream<PlannedStep> steps(PlanningContext context) {
        if (!MissingBodies.in(context)) {
            return Stream.empty();
        }
        // Citus compares the functions that it sends with those on the worker, and keeps both versions if they differ.
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
