package org.citustenancy.hikari.settings;

import java.util.List;

/**
 * The effective settings of a pool, as HikariCP reports them.
 *
 * @param poolName the pool's name in logs, metrics and MXBeans
 * @param max the most connections
 * @param min the number of idle connections that the pool keeps
 * @param idleTimeoutMillis the time after which an idle connection is closed, in milliseconds; 0 means never
 * @param connectionTimeoutMillis the time that a borrower waits, in milliseconds; 2147483647 (25 days) means no limit
 * @param maxLifetimeSeconds the time after which a connection is replaced, in seconds; 0 means never
 * @param maxUses how often a connection is borrowed before it is replaced; 0 means no limit
 * @param applicationName the name that the server shows
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
