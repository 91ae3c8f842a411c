package org.citustenancy.internal.planning;

import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.topology.Node;

/** Whether functions of users have placeholder bodies on a worker, or will have when it is registered. */
final class MissingBodies {

    private MissingBodies() {}

    static boolean in(PlanningContext situation) {
        return situation.topology().workers().stream().anyMatch(worker -> on(situation, worker));
    }

    static boolean on(PlanningContext situation, Node worker) {
        return situation
                .on(situation.topology().coordinator())
                .contents()
                .filter(coordinator -> coordinator.functions().exist())
                .filter(coordinator -> CitusReconciler.known(situation, worker).isEmpty()
                        || CitusReconciler.isForgetful(situation, worker)
                        || lacks(situation, worker, coordinator))
                .isPresent();
    }

    private static boolean lacks(PlanningContext situation, Node worker, ObservedContents coordinator) {
        return situation
                .on(worker)
                .contents()
                .filter(there -> there.lacksBodiesOf(coordinator))
                .isPresent();
    }
}
