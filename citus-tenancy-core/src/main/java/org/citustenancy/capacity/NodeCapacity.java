package org.citustenancy.capacity;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.topology.Node;

/**
 * The capacity of one node.
 *
 * @param node the node
 * @param processes its background processes
 * @param connections its client connections
 * @param preparedTransactionLimit {@code max_prepared_transactions}
 * @param preparedTransactions the current number of prepared transactions
 * @param prepared the prepared transactions by database
 * @param withoutDaemon the project databases that have client sessions but no running maintenance daemon of Citus
 * @param databaseBytes the size of all databases on its disk
 * @param freeDiskBytes the free space on the disk of its data, absent if unknown
 * @param diskBytes the size of that disk, absent if unknown
 */
public record NodeCapacity(
        Node node,
        Processes processes,
        Connections connections,
        int preparedTransactionLimit,
        int preparedTransactions,
        List<PreparedTransactions> prepared,
        Set<String> withoutDaemon,
        long databaseBytes,
        OptionalLong freeDiskBytes,
        OptionalLong diskBytes) {

    private static final int NEARLY_PERCENT = 80;

    /** Copies the collections. */
    public NodeCapacity {
        prepared = List.copyOf(prepared);
        withoutDaemon = Collections.unmodifiableSortedSet(new TreeSet<>(withoutDaemon));
    }

    /**
     * Returns whether the limit on prepared transactions is nearly reached. Writes to several nodes fail once it is
     * reached.
     *
     * @return true if four fifths of {@code max_prepared_transactions} are in use
     */
    public boolean preparedTransactionsNearlyExhausted() {
        return preparedTransactions * 100L >= preparedTransactionLimit * (long) NEARLY_PERCENT
                && preparedTransactions > 0;
    }
}
