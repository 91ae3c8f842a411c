package org.citustenancy.spring.properties;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a pool. Names with a unit are those of node-postgres and the guide; each has the same meaning as the name
 * without a unit.
 *
 * @param max the maximum number of connections; 20 by default
 * @param min the number of idle connections that the pool keeps; none by default
 * @param idleTimeout the time after which an idle connection is closed, 0 means never; 30s by default
 * @param idleTimeoutMillis the time in milliseconds after which an idle connection is closed, 0 means never; 30000 by
 * default
 * @param connectionTimeout the time that a borrower waits, 0 means no limit; 30s by default
 * @param connectionTimeoutMillis the time in milliseconds that a borrower waits, 0 means no limit; 30000 by default
 * @param maxLifetime the time after which a connection is replaced, in whole seconds, 0 means never; 30m by default
 * @param maxLifetimeSeconds the time in seconds after which a connection is replaced, 0 means never; 1800 by default
 * @param maxUses how often a connection is borrowed before it is replaced, 0 means no limit
 * @param keepaliveTime how often an idle connection is checked so that no firewall ends it, at least 30s, 0 means never; 2m by
 * default
 * @param leakDetectionThreshold how long a connection may be borrowed before the log shows where, at least 2s, 0 means
 * without limit; without limit by default
 * @param connectionInitSql a statement that runs on each new connection; none by default
 * @param applicationName the name that the server shows; the project's database by default
 * @param statementTimeout the time after which the server cancels a statement
 * @param statementTimeoutMillis the time in milliseconds after which the server cancels a statement
 * @param lockTimeout the time after which the server cancels a statement that waits for a lock
 * @param lockTimeoutMillis the time in milliseconds after which the server cancels a statement that waits for a lock
 * @param idleInTransactionSessionTimeout the time after which the server ends a session that is idle in a transaction
 * @param idleInTransactionSessionTimeoutMillis the time in milliseconds after which the server ends a session that is
 * idle in a transaction
 */
public record PoolProperties(
        @Nullable Integer max,
        @Nullable Integer min,
        @Nullable Duration idleTimeout,
        @Nullable Long idleTimeoutMillis,
        @Nullable Duration connectionTimeout,
        @Nullable Long connectionTimeoutMillis,
        @Nullable Duration maxLifetime,
        @Nullable Long maxLifetimeSeconds,
        @Nullable Long maxUses,
        @Nullable Duration keepaliveTime,
        @Nullable Duration leakDetectionThreshold,
        @Nullable String connectionInitSql,
        @Nullable String applicationName,
        @Nullable Duration statementTimeout,
        @Nullable Long statementTimeoutMillis,
        @Nullable Duration lockTimeout,
        @Nullable Long lockTimeoutMillis,
        @Nullable Duration idleInTransactionSessionTimeout,
        @Nullable Long idleInTransactionSessionTimeoutMillis) {}
