package org.citustenancy.hikari.pool;

/**
 * What a pool counts at this moment.
 *
 * @param total connections, lent and idle (node-postgres: {@code totalCount})
 * @param idle idle connections (node-postgres: {@code idleCount})
 * @param waiting threads that wait for one (node-postgres: {@code waitingCount})
 */
public record PoolFigures(int total, int idle, int waiting) {

    /**
     * Connections that are lent.
     *
     * @return a count
     */
    public int inUse() {
        return total - idle;
    }
}
