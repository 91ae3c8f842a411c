package org.citustenancy.statistics.activity;

import java.util.Optional;
import java.util.OptionalLong;
import org.citustenancy.topology.Node;

/**
 * A session on a node, and what it does.
 *
 * @param node the node
 * @param pid its process there
 * @param globalPid the number by which all nodes know the session that it is, or works for: the sessions of one statement
 *     on several nodes have it in common
 * @param forNode whether it works for a session on another node
 * @param database the database that it is in
 * @param user whose it is
 * @param application the name that the application gave itself
 * @param state as in {@code pg_stat_activity}
 * @param waitsFor what it waits for, as in {@code Lock: transactionid}; absent if it does not wait
 * @param statement the statement that it runs, or has run last
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
