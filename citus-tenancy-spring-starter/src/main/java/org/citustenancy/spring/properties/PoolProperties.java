package org.citustenancy.spring.properties;

import org.jspecify.annotations.Nullable;

/**
 * The settings of a pool, with the names and units that node-postgres and the guide use.
 *
 * @param max the maximum number of connections; 20 by default
 * @param min the number of idle connections that the pool keeps; none by default
 * @param idleTimeoutMillis the time in milliseconds after which an idle connection is closed, 0 means never; 30000 by
 * default
 * @param connectionTimeoutMillis the time in milliseconds that a borrower waits, 0 means no limit; 30000 by default
 * @param maxLifetimeSeconds the time in seconds after which a connection is replaced, 0 means never; 1800 by default
 * @param maxUses how often a connection is borrowed before it is replaced, 0 means no limit
 * @param applicationName the name that the server shows; the project's database by default
 * @param statementTimeoutMillis the time in milliseconds after which the server cancels a statement
 * @param lockTimeoutMillis the time in milliseconds after which the server cancels a statement that waits for a lock
 * @param idleInTransactionSessionTimeoutMillis the time in milliseconds after which the server ends a session that is
 * idle in a transaction
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
