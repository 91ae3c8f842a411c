package org.citustenancy.internal.planning;

import java.util.Map;
import java.util.Optional;
import org.citustenancy.internal.observing.KnownNode;
import org.citustenancy.internal.observing.MissingShard;
import org.citustenancy.internal.observing.ObservedContents;
import org.citustenancy.topology.Node;

/**
 * Whether a node lacks reference tables, or will when it is registered. Until they are there, the next distributed table that
 * a user makes lets Citus copy them as a superuser.
 */
final class MissingCopies {

    private MissingCopies() {}

    static boolean in(Situation situation) {
        Map<Integer, Boolean> complete = situation
                .on(situation.topology().coordinator())
                .contents()
                .map(ObservedContents::references)
                .orElse(Map.of());
        return !complete.isEmpty()
                && (complete.containsValue(false)
                        || situation.topology().workers().stream()
                                .anyMatch(worker -> isNew(situation, worker) || hasLost(situation, worker)));
    }

    private static boolean isNew(Situation situation, Node worker) {
        Optional<KnownNode> known = situation
                .on(situation.topology().coordinator())
                .contents()
                .flatMap(inside -> inside.worker(worker.address()));
        return known.isEmpty();
    }

    private static boolean hasLost(Situation situation, Node worker) {
        return situation.on(worker).contents().stream()
                .flatMap(inside -> inside.missingShards().stream())
                .anyMatch(MissingShard::reference);
    }

    /** Where users are allowed in, and when: not before the copies are there. */
    static Stage opening(Situation situation) {
        return in(situation) ? Stage.REOPEN : Stage.DOORS;
    }
}
