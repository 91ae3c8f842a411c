package org.citustenancy.hikari.internal.connections;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.citustenancy.hikari.internal.jdbc.JdbcUrl;
import org.citustenancy.hikari.internal.socket.LingeringSocketFactory;
import org.citustenancy.users.Secret;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections by the driver. */
final class Opener {

    private final Driver driver = new Driver();
    private final String user;
    private final String applicationName;
    private final String sessionOptions;

    /**
     * An opener of a user's connections.
     *
     * @param sessionOptions server settings as a command line has them, or nothing
     */
    Opener(String user, String applicationName, String sessionOptions) {
        this.user = user;
        this.applicationName = applicationName;
        this.sessionOptions = sessionOptions;
    }

    /**
     * Opens a connection. Waits for the server in this thread: the driver's own login time-out would leave an attempt
     * behind that nobody has a permit for.
     */
    Connection open(String jdbcUrl, Secret password, int timeoutSeconds) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password.reveal());
        PGProperty.APPLICATION_NAME.set(properties, applicationName);
        PGProperty.SOCKET_FACTORY.set(properties, LingeringSocketFactory.class.getName());
        if (!sessionOptions.isEmpty()) {
            PGProperty.OPTIONS.set(properties, sessionOptions);
        }
        if (timeoutSeconds > 0) {
            PGProperty.SOCKET_TIMEOUT.set(properties, timeoutSeconds);
        }
        Connection connection = driver.connect(jdbcUrl, properties);
        if (connection == null) {
            throw new SQLException("The driver of PostgreSQL does not know what to do with " + JdbcUrl.shown(jdbcUrl));
        }
        try {
            if (timeoutSeconds > 0 && connection.getNetworkTimeout() == timeoutSeconds * 1_000) {
                connection.setNetworkTimeout(Runnable::run, 0);
            }
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }
}
