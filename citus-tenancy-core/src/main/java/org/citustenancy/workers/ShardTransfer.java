package org.citustenancy.workers;

import java.util.Locale;

/**
 * How a shard is moved.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html#citus-rebalance-start">citus_rebalance_start</a>
 */
public enum ShardTransfer {
    /** While clients write, by logical replication; refused for tables without a primary key or replica identity. */
    AUTO,
    /** While clients write, for tables without a primary key too: updates and deletes on them fail meanwhile. */
    FORCE_LOGICAL,
    /** Writers wait while a shard is copied; needs no replication slots. */
    BLOCK_WRITES;

    /**
     * The name that Citus has for it.
     *
     * @return in lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
