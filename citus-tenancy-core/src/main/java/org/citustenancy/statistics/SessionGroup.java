package org.citustenancy.statistics;

import java.util.Optional;

/**
 * Sessions of clients that have every attribute of this record in common.
 *
 * @param database the database that they are in; absent while a session is being opened
 * @param user whose they are
 * @param application the name that the application gave itself, empty text if it gave none
 * @param state as in {@code pg_stat_activity}: active, idle, idle in transaction; absent if it may not be seen
 * @param fromNode whether Citus opened them from another node, to work for a session there
 * @param count how many there are
 */
public record SessionGroup(
        Optional<String> database,
        Optional<String> user,
        String application,
        Optional<String> state,
        boolean fromNode,
        int count) {}
