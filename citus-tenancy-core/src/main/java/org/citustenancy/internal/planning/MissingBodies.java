package org.citustenancy.internal.planning;

import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.topology.Node;

/** Whether functions of users have placeholder bodies on a worker, or will have when it is registered. */
final class MissingBodies {

    private MissingBodies() {}

    static boolean in(Situation situation) {
        return situation.topology().workers().stream().anyMatch(worker -> on(situation, worker));
    }

    static boolean on(Situation situation, Node worker) {
        return situation
                .on(situation.topology().coordinator())
                .contents()
                .filter(coordinator -> coordinator.functions().exist())
                .filter(coordinator -> CitusConcern.known(situation, worker).isEmpty()
                        || CitusConcern.isForgetful(situation, worker)
                        || lacks(situation, worker, coordinator))
                .isPresent();
    }

    private static boolean lacks(Situation situation, Node worker, ObservedContents coordinator) {
        return situation
                .on(worker)
                .contents()
                .filter(there -> there.lacksBodiesOf(coordinator))
                .isPresent();
    }
}
