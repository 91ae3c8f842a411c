package org.citustenancy.hikari.pool;

/**
 * The current figures of a pool.
 *
 * @param total connections, borrowed and idle (node-postgres: {@code totalCount})
 * @param idle idle connections (node-postgres: {@code idleCount})
 * @param waiting threads that wait for one (node-postgres: {@code waitingCount})
 */
public record PoolFigures(int total, int idle, int waiting) {

    /**
     * Returns the number of borrowed connections.
     *
     * @return a count
     */
    public int inUse() {
        return total - idle;
    }
}
