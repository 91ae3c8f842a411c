package org.citustenancy.examples.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.users.Secret;

/**
 * A user that connects to a project as any application does: by JDBC, with a password.
 *
 * @param url the project's JDBC URL
 * @param user the user
 * @param password the user's password
 */
record Login(String url, String user, Secret password) {

    /** Returns the login of a project's user. */
    static Login of(ConnectionInfo connection) {
        return new Login(connection.jdbcUrl(), connection.user(), connection.password());
    }

    /** Returns a login of the same user for another project. */
    Login at(ConnectionInfo other) {
        return new Login(other.jdbcUrl(), user, password);
    }

    Login withPassword(Secret other) {
        return new Login(url, user, other);
    }

    /** Connects and disconnects. */
    void tryOut() throws SQLException {
        open().close();
    }

    Connection open() throws SQLException {
        return DriverManager.getConnection(url, user, password.reveal());
    }
}
