package org.citustenancy.internal.observing;

import java.util.List;
import java.util.Set;

/**
 * What a node says of a project that is to be dropped.
 *
 * @param present whether it has the database
 * @param occupied whether a session is in it
 * @param carried whether Citus would carry the drop to the other nodes
 * @param preparedTransactions the transactions prepared in it
 * @param replicationSlots its logical replication slots
 * @param subscriptions its subscriptions
 * @param roles those of its users that the node has
 * @param neededRoles those of them that something outside the database needs
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
