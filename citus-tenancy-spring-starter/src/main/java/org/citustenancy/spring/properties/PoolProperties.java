package org.citustenancy.spring.properties;

import org.jspecify.annotations.Nullable;

/**
 * How a pool behaves, under the names that node-postgres and the guide use, in their units.
 *
 * @param max the maximum number of connections; 20 by default
 * @param min how many idle connections are kept; none by default
 * @param idleTimeoutMillis after how many milliseconds an idle connection is closed, 0 is never; 30000 by default
 * @param connectionTimeoutMillis how many milliseconds a borrower waits, 0 is unlimited; 30000 by default
 * @param maxLifetimeSeconds after how many seconds a connection is replaced, 0 is never; 1800 by default
 * @param maxUses how often a connection is lent before it is replaced, 0 is without limit
 * @param applicationName the name that the server shows; the project's database by default
 * @param statementTimeoutMillis how many milliseconds the server lets a statement run
 * @param lockTimeoutMillis how many milliseconds the server lets a statement wait for a lock
 * @param idleInTransactionSessionTimeoutMillis how many milliseconds the server lets a transaction idle
 */
public record PoolProperties(
        @Nullable Integer max,
        @Nullable Integer min,
        @Nullable Long idleTimeoutMillis,
        @Nullable Long connectionTimeoutMillis,
        @Nullable Long maxLifetimeSeconds,
        @Nullable Long maxUses,
        @Nullable String applicationName,
        @Nullable Long statementTimeoutMillis,
        @Nullable Long lockTimeoutMillis,
        @Nullable Long idleInTransactionSessionTimeoutMillis) {}
