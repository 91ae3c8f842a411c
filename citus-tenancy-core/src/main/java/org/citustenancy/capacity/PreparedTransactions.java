package org.citustenancy.capacity;

import java.time.Duration;

/**
 * The transactions in one database of a node that are prepared, and neither committed nor rolled back. Until then, each
 * keeps its locks and counts against the node's {@code max_prepared_transactions}.
 *
 * @param database the database
 * @param number the number of transactions
 * @param ofCitus the number of these that belong to Citus; its maintenance daemon ends them
 * @param oldest the time since the oldest one was prepared
 * @see <a href="https://www.postgresql.org/docs/current/sql-prepare-transaction.html">PREPARE TRANSACTION</a>
 */
public record PreparedTransactions(String database, int number, int ofCitus, Duration oldest) {}
