package org.citustenancy.capacity;

import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.topology.Node;

/**
 * The room that one node has.
 *
 * @param node the node
 * @param processes its background processes
 * @param connections its client connections
 * @param preparedTransactionLimit {@code max_prepared_transactions}
 * @param preparedTransactions how many there are now
 * @param prepared these by database
 * @param withoutDaemon the databases of projects in which clients have sessions while no maintenance daemon of Citus is running
 * @param databaseBytes what all databases take on its disk
 * @param freeDiskBytes the free space on the disk of its data, absent if it is unknown
 * @param diskBytes the size of that disk, absent if it is unknown
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
     * Whether there is hardly room for another prepared transaction: writes to several nodes fail when there is none.
     *
     * @return true if four fifths of {@code max_prepared_transactions} are in use
     */
    public boolean preparedTransactionsNearlyExhausted() {
        return preparedTransactions * 100L >= preparedTransactionLimit * (long) NEARLY_PERCENT
                && preparedTransactions > 0;
    }
}
