package org.citustenancy.capacity;

import java.time.Duration;

/**
 * The transactions that are prepared in one database of a node, and neither committed nor rolled back. Each keeps its locks,
 * and one of the node's {@code max_prepared_transactions}, until it is.
 *
 * @param database the database
 * @param number how many there are
 * @param ofCitus how many of these are Citus' own, which its maintenance daemon ends
 * @param oldest how long ago the oldest one was prepared
 * @see <a href="https://www.postgresql.org/docs/current/sql-prepare-transaction.html">PREPARE TRANSACTION</a>
 */
public record PreparedTransactions(String database, int number, int ofCitus, Duration oldest) {}
