package org.citustenancy.capacity;

/**
 * The background processes of a node, of which every database with Citus needs one for its maintenance daemon: without it
 * Citus detects no deadlocks there, finishes no prepared transactions and cleans up nothing, without a message.
 *
 * @param limit {@code max_worker_processes}
 * @param daemons how many the maintenance daemons need, those included that have not been started yet
 * @param others how many others are running, parallel workers of queries aside
 * @see <a href="https://www.postgresql.org/docs/current/runtime-config-resource.html">max_worker_processes</a>
 */
public record Processes(int limit, int daemons, int others) {

    /**
     * How many are left.
     *
     * @return never less than zero
     */
    public int free() {
        return Math.max(0, limit - daemons - others);
    }
}
