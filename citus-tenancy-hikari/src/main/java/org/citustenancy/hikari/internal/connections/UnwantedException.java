package org.citustenancy.hikari.internal.connections;

import java.sql.SQLTransientConnectionException;
import org.citustenancy.hikari.pool.PoolName;

/** HikariCP gets no connection, because no thread waits for one any more. Not a failure, and only for HikariCP. */
public final class UnwantedException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;

    UnwantedException(PoolName pool) {
        super("No thread waits for a connection of " + pool + " any more");
    }
}
