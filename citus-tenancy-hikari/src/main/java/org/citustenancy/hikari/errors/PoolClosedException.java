package org.citustenancy.hikari.errors;

import java.sql.SQLNonTransientConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.pool.PoolName;

/** Thrown if a thread requests a connection of a pool that is closed, by itself or with its registry. */
public final class PoolClosedException extends SQLNonTransientConnectionException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception of a pool.
     *
     * @param pool the pool
     */
    public PoolClosedException(PoolName pool) {
        super(
                Failure.of("The pool of " + pool + " is closed")
                        .fix("ask the registry for the data source again, unless it is closed too")
                        .toString(),
                "08003");
    }
}
