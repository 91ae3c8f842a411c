package org.citustenancy.test.internal.spring;

import org.citustenancy.connection.ConnectionInfo;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** The connection of the application under test to the database, as its owner. */
record DatabaseConnectionDetails(ConnectionInfo connection) implements JdbcConnectionDetails {

    @Override
    public String getJdbcUrl() {
        return connection.jdbcUrl();
    }

    @Override
    public String getUsername() {
        return connection.user();
    }

    @Override
    public String getPassword() {
        return connection.password().reveal();
    }
}
