package org.citustenancy.internal.observing;

import java.util.List;
import java.util.Set;

/**
 * The state of a project that is about to be dropped, on one node.
 *
 * @param present whether the node has the database
 * @param occupied whether the database has a session
 * @param carried whether Citus would propagate the drop to the other nodes
 * @param preparedTransactions the transactions prepared in it
 * @param replicationSlots its logical replication slots
 * @param subscriptions its subscriptions
 * @param roles the project's users that exist on the node
 * @param neededRoles the users among them that something outside the database needs
 */
public record DropBlockers(
        boolean present,
        boolean occupied,
        boolean carried,
        List<String> preparedTransactions,
        List<String> replicationSlots,
        List<String> subscriptions,
        Set<String> roles,
        Set<String> neededRoles) {}
