package org.citustenancy.capacity;

/**
 * The background processes of a node. Every database with Citus needs one for its maintenance daemon. Without it, Citus
 * detects no deadlocks there, finishes no prepared transactions and cleans up nothing, and reports no error.
 *
 * @param limit {@code max_worker_processes}
 * @param daemons the number that the maintenance daemons need, including those that have not been started yet
 * @param others the number of other running processes, except parallel workers of queries
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-resource.html">max_worker_processes</a>
 */
public record Processes(int limit, int daemons, int others) {

    /**
     * Returns the number of free background processes.
     *
     * @return the number, never less than zero
     */
    public int free() {
        return Math.max(0, limit - daemons - others);
    }
}
