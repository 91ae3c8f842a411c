package org.citustenancy.hikari.settings;

import java.util.List;

/**
 * The effective settings of a pool, as HikariCP reports them.
 *
 * @param poolName the pool's name in logs, metrics and MXBeans
 * @param max the most connections
 * @param min how many idle connections are kept
 * @param idleTimeoutMillis after how long an idle connection is closed, in milliseconds; 0 is never
 * @param connectionTimeoutMillis how long a borrower waits, in milliseconds; 2147483647 (25 days) is unlimited
 * @param maxLifetimeSeconds after how long a connection is replaced, in seconds; 0 is never
 * @param maxUses how often a connection is lent before it is replaced; 0 is without limit
 * @param applicationName what the server shows
 * @param words the differences from the request, and their reasons
 */
public record EffectiveSettings(
        String poolName,
        int max,
        int min,
        long idleTimeoutMillis,
        long connectionTimeoutMillis,
        long maxLifetimeSeconds,
        long maxUses,
        String applicationName,
        List<String> words) {

    /** Copies the list. */
    public EffectiveSettings {
        words = List.copyOf(words);
    }
}
