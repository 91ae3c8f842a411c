package org.citustenancy.hikari;

import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.hikari.internal.connections.Login;
import org.citustenancy.hikari.pool.PoolName;

/**
 * The target and the login of a pool.
 *
 * @param connection the target
 * @param login the user and its password
 */
record Registration(ConnectionInfo connection, Login login) {

    /** Returns the same login at another address. */
    Registration at(ConnectionInfo other) {
        return new Registration(other, login);
    }

    boolean isOf(PoolName pool) {
        return pool.project().equals(connection.database()) && pool.user().equals(connection.user());
    }

    boolean hasAddressOf(Registration other) {
        return connection.jdbcUrl().equals(other.connection.jdbcUrl())
                && connection.host().equals(other.connection.host())
                && connection.port() == other.connection.port();
    }
}
