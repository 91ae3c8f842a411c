package org.citustenancy.hikari.internal.connections;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.Set;
import org.citustenancy.hikari.internal.jdbc.JdbcUrl;
import org.citustenancy.hikari.internal.socket.LingeringSocketFactory;
import org.citustenancy.users.Secret;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLState;

/** Opens connections with the driver. */
final class Opener {

    private static final Set<String> OF_THE_ADDRESS =
            Set.of(PGProperty.PG_HOST.getName(), PGProperty.PG_PORT.getName(), PGProperty.PG_DBNAME.getName());

    /**
     * Without this setting, Citus sends the tasks of a session on a standby to the primaries, but keeps the results of
     * subqueries on the standby: the tasks would not find them, and the answer would be wrong.
     *
     * @see <a href="https://docs.citusdata.com/en/stable/develop/api_guc.html#citus-use-secondary-nodes-enum">
     *     citus.use_secondary_nodes</a>
     */
    private static final String READ_STANDBYS_SETTING = "citus.use_secondary_nodes";

    private static final String READ_STANDBYS = " -c " + READ_STANDBYS_SETTING + "=always";

    /** insufficient_privilege. */
    private static final String NOT_PERMITTED = "42501";

    private final Driver driver = new Driver();
    private final String user;
    private final String applicationName;
    private final String sessionOptions;
    private final boolean readOnly;

    /**
     * Creates an opener of a user's connections.
     *
     * @param sessionOptions server settings in command-line form, or nothing
     * @param readOnly whether transactions are read-only by default
     */
    Opener(String user, String applicationName, String sessionOptions, boolean readOnly) {
        this.user = user;
        this.applicationName = applicationName;
        this.sessionOptions = sessionOptions;
        this.readOnly = readOnly;
    }

    /**
     * Opens a connection. Waits for the server in the calling thread, because the driver's own login time-out would
     * leave an attempt behind without a permit.
     */
    Connection open(Target target, Secret password, int timeoutSeconds) throws SQLException {
        if (target.replication().isPresent()) {
            return openStandby(target, password, timeoutSeconds);
        }
        Connection connection = open(target.jdbcUrl(), password, timeoutSeconds);
        if (target.watched().isPresent()) {
            try {
                requirePrimary(connection, target);
            } catch (SQLException failure) {
                connection.close();
                throw failure;
            }
        }
        return connection;
    }

    private Connection openStandby(Target target, Secret password, int timeoutSeconds) throws SQLException {
        try {
            return open(target.jdbcUrl(), READ_STANDBYS, password, timeoutSeconds);
        } catch (SQLException failure) {
            if (!NOT_PERMITTED.equals(failure.getSQLState())
                    || !String.valueOf(failure.getMessage()).contains(READ_STANDBYS_SETTING)) {
                throw failure;
            }
            throw new SQLException(
                    "The user \"" + user + "\" may not read from standbys; run GRANT SET ON PARAMETER "
                            + READ_STANDBYS_SETTING + " TO PUBLIC on the coordinator (PostgreSQL 15 or later)",
                    PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState(),
                    failure);
        }
    }

    /** Opens a connection to a server with one address, whatever its role. */
    Connection open(String jdbcUrl, Secret password, int timeoutSeconds) throws SQLException {
        return open(jdbcUrl, "", password, timeoutSeconds);
    }

    private Connection open(String jdbcUrl, String moreOptions, Secret password, int timeoutSeconds)
            throws SQLException {
        Properties properties = ofUrl(jdbcUrl);
        int ownTimeout = PGProperty.SOCKET_TIMEOUT.getInt(properties);
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password.reveal());
        PGProperty.APPLICATION_NAME.set(properties, applicationName);
        if (!PGProperty.SOCKET_FACTORY.isPresent(properties)) {
            PGProperty.SOCKET_FACTORY.set(properties, LingeringSocketFactory.class.getName());
        }
        // With targetServerType=primary, the driver rejects a server whose default_transaction_read_only is on. So the
        // session becomes read-only after the driver has selected the server.
        boolean readOnlyLater = readOnly && PGProperty.TARGET_SERVER_TYPE.isPresent(properties);
        String readOnlyOption = readOnly && !readOnlyLater ? " -c default_transaction_read_only=on" : "";
        String options = (sessionOptions + readOnlyOption + moreOptions).strip();
        if (!options.isEmpty()) {
            PGProperty.OPTIONS.set(properties, options);
        }
        if (timeoutSeconds > 0) {
            PGProperty.SOCKET_TIMEOUT.set(properties, shorter(ownTimeout, timeoutSeconds));
            PGProperty.CONNECT_TIMEOUT.set(
                    properties, shorter(PGProperty.CONNECT_TIMEOUT.getInt(properties), timeoutSeconds));
        }
        java.sql.Driver opening = JdbcUrl.isWrapped(jdbcUrl) ? DriverManager.getDriver(jdbcUrl) : driver;
        Connection connection = opening.connect(jdbcUrl.split("\\?", 2)[0], properties);
        if (connection == null) {
            throw new SQLException("The driver of PostgreSQL does not know what to do with " + JdbcUrl.shown(jdbcUrl));
        }
        try {
            if (readOnlyLater) {
                setReadOnly(connection);
            }
            if (timeoutSeconds > 0) {
                connection.setNetworkTimeout(Runnable::run, ownTimeout * 1_000);
            }
            return connection;
        } catch (SQLException failure) {
            connection.close();
            throw failure;
        }
    }

    /**
     * After a switchover, a standby may answer at the address of a node. PostgreSQL reports {@code in_hot_standby} at
     * the start of a session, so this needs no statement.
     */
    private static void requirePrimary(Connection connection, Target target) throws SQLException {
        if ("on".equals(connection.unwrap(PGConnection.class).getParameterStatus("in_hot_standby"))) {
            throw new SQLException(
                    target + " is a standby, which accepts no writes",
                    PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState());
        }
    }

    private static void setReadOnly(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
        }
    }

    /**
     * Returns the parameters of a URL other than the address. The driver would prefer them to the properties that this
     * class sets.
     */
    private static Properties ofUrl(String jdbcUrl) {
        Properties parsed = Driver.parseURL(JdbcUrl.ofPostgres(jdbcUrl), new Properties());
        Properties own = new Properties();
        if (parsed != null) {
            parsed.stringPropertyNames().stream()
                    .filter(name -> !OF_THE_ADDRESS.contains(name))
                    .forEach(name -> own.setProperty(name, parsed.getProperty(name)));
        }
        return own;
    }

    /** Returns the shorter of two times in seconds, where 0 means no limit. */
    private static int shorter(int own, int other) {
        return own > 0 ? Math.min(own, other) : other;
    }
}
