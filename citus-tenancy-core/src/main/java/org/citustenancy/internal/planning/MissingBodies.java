package org.citustenancy.internal.planning;

import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.topology.Node;

/** Checks whether functions of users have placeholder bodies on a worker, or will have them when it is registered. */
final class MissingBodies {

    private MissingBodies() {}

    static boolean in(PlanningContext context) {
        return context.topology().workers().stream().anyMatch(worker -> on(context, worker));
    }

    static boolean on(PlanningContext context, Node worker) {
        return context.on(context.topology().coordinator())
                .contents()
                .filter(coordinator -> coordinator.functions().exist())
                .filter(coordinator -> CitusReconciler.known(context, worker).isEmpty()
                        || CitusReconciler.isForgetful(context, worker)
                        || lacks(context, worker, coordinator))
                .isPresent();
    }

    private static boolean lacks(PlanningContext context, Node worker, ObservedContents coordinator) {
        return context.on(worker)
                .contents()
                .filter(there -> there.lacksBodiesOf(coordinator))
                .isPresent();
    }
}
