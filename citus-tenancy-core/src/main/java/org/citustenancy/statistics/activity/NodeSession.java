package org.citustenancy.statistics.activity;

import java.util.Optional;
import java.util.OptionalLong;
import org.citustenancy.topology.Node;

/**
 * A session on a node, and its current activity.
 *
 * @param node the node
 * @param pid its process identifier there
 * @param globalPid the identifier on all nodes of the session that it is, or works for; the sessions of one statement
 *     on several nodes share it
 * @param forNode whether it works for a session on another node
 * @param database its database
 * @param user its user
 * @param application the name that the application set
 * @param state as in {@code pg_stat_activity}
 * @param waitsFor the event that it waits for, as in {@code Lock: transactionid}; absent if it does not wait
 * @param statement the current statement, or the last one
 */
public record NodeSession(
        Node node,
        int pid,
        OptionalLong globalPid,
        boolean forNode,
        Optional<String> database,
        Optional<String> user,
        Optional<String> application,
        Optional<String> state,
        Optional<String> waitsFor,
        Optional<String> statement) {}
