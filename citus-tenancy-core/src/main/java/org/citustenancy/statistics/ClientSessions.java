package org.citustenancy.statistics;

import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The sessions of clients on one node, including sessions that other nodes opened. The querying session is not counted.
 *
 * @param groups the visible sessions, grouped by their common attributes
 * @param hidden the number of further sessions for which the querying role may not even see whether they belong to
 *     clients or to the server
 */
public record ClientSessions(List<SessionGroup> groups, int hidden) {

    /** The placeholder for an unknown user or state. */
    public static final String UNKNOWN = "?";

    /** Copies the list. */
    public ClientSessions {
        groups = List.copyOf(groups);
    }

    /**
     * Returns the number of sessions.
     *
     * @return absent if some are hidden
     */
    public OptionalInt count() {
        return hidden > 0 ? OptionalInt.empty() : OptionalInt.of(seen());
    }

    /**
     * Returns the number of visible sessions.
     *
     * @return the number
     */
    public int seen() {
        return groups.stream().mapToInt(SessionGroup::count).sum();
    }

    /**
     * Returns the number of sessions in each state.
     *
     * @return the numbers by state, {@value #UNKNOWN} for a hidden state
     */
    public SortedMap<String, Integer> byState() {
        return by(group -> group.state().orElse(UNKNOWN));
    }

    /**
     * Returns the number of sessions of each user.
     *
     * @return the numbers by user
     */
    public SortedMap<String, Integer> byUser() {
        return by(group -> group.user().orElse(UNKNOWN));
    }

    /**
     * Returns the number of sessions of each application.
     *
     * @return the numbers by application name, as set by the application
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
