package org.citustenancy.internal.planning;

import java.util.Map;
import org.citustenancy.internal.observing.MissingShard;
import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.topology.Node;

/**
 * Checks whether a node lacks reference tables, or will lack them when it is registered. While they are missing, Citus
 * copies them as a superuser when a user creates the next distributed table.
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
