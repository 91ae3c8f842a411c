package org.citustenancy.statistics;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Clients' sessions on one node, those included that other nodes opened. The session that asked is not counted.
 *
 * @param groups the sessions that may be looked at, by what they have in common
 * @param hidden how many more there are of which the one who asked may not even see whether they are clients' or the
 *     server's own
 */
public record ClientSessions(List<SessionGroup> groups, int hidden) {

    /** What stands in place of a user or state that is not known. */
    public static final String UNKNOWN = "?";

    /** Copies the list. */
    public ClientSessions {
        groups = List.copyOf(groups);
    }

    /**
     * How many there are.
     *
     * @return absent if some are hidden
     */
    public OptionalInt count() {
        return hidden > 0 ? OptionalInt.empty() : OptionalInt.of(seen());
    }

    /**
     * How many may be looked at.
     *
     * @return the number
     */
    public int seen() {
        return groups.stream().mapToInt(SessionGroup::count).sum();
    }

    /**
     * How many there are in each state.
     *
     * @return the numbers by state, {@value #UNKNOWN} for a state that may not be seen
     */
    public SortedMap<String, Integer> byState() {
        return by(group -> group.state().orElse(UNKNOWN));
    }

    /**
     * How many each user has.
     *
     * @return the numbers by user
     */
    public SortedMap<String, Integer> byUser() {
        return by(group -> group.user().orElse(UNKNOWN));
    }

    /**
     * How many each application has.
     *
     * @return the numbers by the name that the application gave itself
     */
    public SortedMap<String, Integer> byApplication() {
        return by(SessionGroup::application);
    }

    private SortedMap<String, Integer> by(Function<SessionGroup, String> key) {
        SortedMap<String, Integer> counts = new TreeMap<>();
        groups.forEach(group -> counts.merge(key.apply(group), group.count(), Integer::sum));
        return counts;
    }
}
