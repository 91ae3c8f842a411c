package org.citustenancy.hikari.internal.connections;

import java.sql.SQLTransientConnectionException;
import org.citustenancy.hikari.pool.PoolName;

/**
 * Thrown to HikariCP if no thread waits for the connection any more. It is not a failure, and borrowers never get it.
 */
public final class UnwantedException extends SQLTransientConnectionException {

    private static final long serialVersionUID = 1L;

    UnwantedException(PoolName pool) {
        super("No thread waits for a connection of " + pool + " any more");
    }
}
