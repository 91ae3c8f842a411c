package org.citustenancy.hikari.errors;

import java.sql.SQLTransientConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.budget.BudgetUse;
import org.citustenancy.hikari.pool.PoolName;
import org.jspecify.annotations.Nullable;

/** No connection could be had in time. The message says who has them; {@link #use()} has the same as a value. */
public final class ConnectionTimeoutException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;

    private final transient BudgetUse use;

    /**
     * An exception of a pool.
     *
     * @param pool the pool
     * @param millis how long was waited
     * @param figures what the pool counts
     * @param use who holds what
     * @param state the SQLSTATE of the last failure to open a connection, or null
     * @param cause what HikariCP says
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
     * Who held the connections when the time was over, and who waited.
     *
     * @return the use of the whole budget
     */
    public BudgetUse use() {
        return use;
    }
}
