package org.citustenancy.capacity;

import java.util.OptionalLong;
import org.citustenancy.topology.Node;

/**
 * The room that one node has.
 *
 * @param node the node
 * @param processes its background processes
 * @param connections its client connections
 * @param preparedTransactionLimit {@code max_prepared_transactions}
 * @param preparedTransactions how many there are now
 * @param databaseBytes what all databases take on its disk
 * @param freeDiskBytes what is left on the disk of its data, absent if it cannot be known
 * @param diskBytes the size of that disk, absent if it cannot be known
 */
public record NodeCapacity(
        Node node,
        Processes processes,
        Connections connections,
        int preparedTransactionLimit,
        int preparedTransactions,
        long databaseBytes,
        OptionalLong freeDiskBytes,
        OptionalLong diskBytes) {}
