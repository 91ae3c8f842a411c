package org.citustenancy.hikari.internal.connections;

import java.sql.Connection;
import java.sql.SQLException;
import org.citustenancy.hikari.internal.jdbc.ForwardingConnection;

/** A connection as HikariCP keeps it. */
public abstract class PoolConnection extends ForwardingConnection {

    PoolConnection(Connection target) {
        super(target);
    }

    /**
     * Says that HikariCP lends it.
     *
     * @param loan the connection of HikariCP that the borrower gets
     * @return whether it may be lent; if not, it is to be closed and another one is to be lent
     * @throws SQLException if the borrower is to get an error
     */
    public abstract boolean lend(Connection loan) throws SQLException;
}
