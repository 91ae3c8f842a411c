package org.citustenancy.test.internal.spring;

import org.citustenancy.connection.ConnectionInfo;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** How the application under test gets into the database, as its owner. */
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
