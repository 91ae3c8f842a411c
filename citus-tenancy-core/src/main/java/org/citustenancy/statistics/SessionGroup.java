package org.citustenancy.statistics;

import java.util.Optional;

/**
 * Client sessions that have all attributes of this record in common.
 *
 * @param database the database; absent while a session is being opened
 * @param user the user
 * @param application the name that the application set, an empty text if it set none
 * @param state as in {@code pg_stat_activity}: active, idle, idle in transaction; absent if hidden
 * @param fromNode whether Citus opened them from another node, to work for a session there
 * @param count the number of sessions
 */
public record SessionGroup(
        Optional<String> database,
        Optional<String> user,
        String application,
        Optional<String> state,
        boolean fromNode,
        int count) {}
