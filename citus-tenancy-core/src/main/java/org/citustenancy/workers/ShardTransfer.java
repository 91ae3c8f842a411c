package org.citustenancy.workers;

import java.util.Locale;

/**
 * The mode of a shard move.
 *
 * @see <a
 *     href="https://docs.citusdata.com/en/stable/develop/api_udf.html#citus-rebalance-start">citus_rebalance_start</a>
 */
public enum ShardTransfer {
    /** Uses logical replication while clients write; refused for tables without a primary key or replica identity. */
    AUTO,
    /**
     * Uses logical replication while clients write, also for tables without a primary key: updates and deletes on them
     * fail meanwhile.
     */
    FORCE_LOGICAL,
    /** Blocks writers while a shard is copied; needs no replication slots. */
    BLOCK_WRITES;

    /**
     * Returns the name of the mode in Citus.
     *
     * @return the name in lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
