package org.citustenancy.hikari.internal.connections;

import java.sql.Connection;
import java.sql.SQLException;
import org.citustenancy.hikari.internal.jdbc.ForwardingConnection;

/** A connection that HikariCP keeps in its pool. */
public abstract class PoolConnection extends ForwardingConnection {

    PoolConnection(Connection target) {
        super(target);
    }

    /**
     * Reports that HikariCP lends the connection.
     *
     * @param loan the connection of HikariCP that the borrower gets
     * @return whether it may be lent; if not, the caller closes it and lends another one
     * @throws SQLException if the borrower gets an error
     */
    public abstract boolean lend(Connection loan) throws SQLException;
}
