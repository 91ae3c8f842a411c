package org.citustenancy.internal.planning;

import java.util.Map;
import org.citustenancy.internal.observing.MissingShard;
import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.topology.Node;

/**
 * Whether a node lacks reference tables, or will when it is registered. Until they are there, the next distributed table that
 * a user makes lets Citus copy them as a superuser.
 */
final class MissingCopies {

    private MissingCopies() {}

    static boolean in(PlanningContext context) {
        Map<Integer, Boolean> complete = context.on(context.topology().coordinator())
                .contents()
                .map(ObservedContents::references)
                .orElse(Map.of());
        return !complete.isEmpty()
                && (complete.containsValue(false)
                        || context.topology().workers().stream()
                                .anyMatch(worker ->
                                        CitusReconciler.known(context, worker).isEmpty() || hasLost(context, worker)));
    }

    private static boolean hasLost(PlanningContext context, Node worker) {
        return context.on(worker).contents().stream()
                .flatMap(inside -> inside.missingShards().stream())
                .anyMatch(MissingShard::reference);
    }
}
