package org.citustenancy.hikari.internal.connections;

import java.sql.SQLTransientConnectionException;
import org.citustenancy.hikari.pool.PoolName;

/** Tells HikariCP that it gets no connection, for nobody waits for one any more. No failure, and for nobody else. */
public final class UnwantedException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;

    UnwantedException(PoolName pool) {
        super("Nobody waits for a connection of " + pool + " any more");
    }
}
