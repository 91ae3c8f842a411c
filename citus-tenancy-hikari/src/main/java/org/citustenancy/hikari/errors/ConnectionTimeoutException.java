package org.citustenancy.hikari.errors;

import java.sql.SQLTransientConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.budget.BudgetUse;
import org.citustenancy.hikari.pool.PoolName;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if no connection becomes available in time. The message lists the holders of connections; {@link #use()}
 * returns them as a value.
 */
public final class ConnectionTimeoutException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;

    private final transient BudgetUse use;

    /**
     * Creates an exception of a pool.
     *
     * @param pool the pool
     * @param millis the time waited, in milliseconds
     * @param figures the figures of the pool
     * @param use the use of the budget
     * @param state the SQLSTATE of the last failure to open a connection, or null
     * @param cause the exception of HikariCP
     */
    public ConnectionTimeoutException(
            PoolName pool, long millis, String figures, BudgetUse use, @Nullable String state, Throwable cause) {
        super(
                Failure.of("No connection of " + pool + " within " + millis + " ms. The pool has " + figures
                                + ". In this process " + use)
                        .fix("give connections back sooner, or declare more of them")
                        .toString(),
                state,
                cause);
        this.use = use;
    }

    /**
     * Returns the use of the budget at the time-out: the held connections and the waiting threads.
     *
     * @return the use of the whole budget
     */
    public BudgetUse use() {
        return use;
    }
}
