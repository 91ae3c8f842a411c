package org.citustenancy.internal.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.citustenancy.connection.MaskedUrl;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.Place;
import org.citustenancy.users.Secret;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Opens connections to one node, as the admin with any of its passwords or as another role. */
final class Connector {

    private static final int CANCEL_SECONDS = 2;

    /** The number of executions after which the server keeps a statement. Statements that name a project run once. */
    private static final int KEPT_FROM = 2;

    private final CoordinatorAddress address;
    private final AdminCredentials credentials;
    private final String node;

    Connector(CoordinatorAddress address, AdminCredentials credentials, String node) {
        this.address = address;
        this.credentials = credentials;
        this.node = node;
    }

    Connection admin(String database, String options, Duration timeout, Deadline deadline) {
        Set<Secret> refused = new HashSet<>();
        Secret password = credentials.password();
        while (true) {
            try {
                Connection connection = connect(database, credentials.admin(), password, options, timeout, deadline);
                if (!refused.isEmpty()) {
                    credentials.accepted(password);
                }
                return connection;
            } catch (ConnectionException failure) {
                if (!SqlFailures.isPasswordRefused(failure)) {
                    throw failure;
                }
                refused.add(password);
                Optional<Secret> other = credentials.besides(refused);
                if (other.isEmpty()) {
                    throw failure;
                }
                password = other.get();
            }
        }
    }

    Connection connect(
            String database, String user, Secret password, String options, Duration timeout, Deadline deadline) {
        Place place = Place.unknown().on(node).in(database);
        if (deadline.remainingNanos() <= 0) {
            throw deadline.exceeded(place);
        }
        Properties properties = new Properties();
        properties.putAll(address.options());
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password.reveal());
        PGProperty.OPTIONS.set(properties, options);
        PGProperty.APPLICATION_NAME.set(properties, "citus-tenancy");
        // The driver then starts the session with that name. A name that the driver sets later would not outlive an
        // operation.
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.0");
        if (database.equals(address.maintenanceDatabase())) {
            // Otherwise the driver discards all plans at every CREATE and DROP, and no CREATE or DROP changes these
            // statements. Older drivers do not support the property, and keep plans.
            properties.setProperty("flushCacheOnDdl", "false");
            if (!address.options().containsKey(PGProperty.PREPARE_THRESHOLD.getName())) {
                PGProperty.PREPARE_THRESHOLD.set(properties, KEPT_FROM);
            }
        }
        if (!address.options().containsKey(PGProperty.CONNECT_TIMEOUT.getName())) {
            PGProperty.CONNECT_TIMEOUT.set(
                    properties, (int) Math.min(timeout.toSeconds(), deadline.remainingSeconds()));
        }
        if (!address.options().containsKey(PGProperty.LOGIN_TIMEOUT.getName())) {
            // Without it, the driver waits without limit for a server that accepts connections and never answers.
            PGProperty.LOGIN_TIMEOUT.set(properties, deadline.remainingSeconds());
        }
        if (!address.options().containsKey(PGProperty.CANCEL_SIGNAL_TIMEOUT.getName())) {
            // A server that does not answer does not cancel either.
            PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, CANCEL_SECONDS);
        }
        try {
            Connection connection = new Driver().connect(address.jdbcUrl(database), properties);
            if (connection == null) {
                throw new IllegalStateException("The driver does not take " + MaskedUrl.of(address.jdbcUrl(database)));
            }
            return connection;
        } catch (SQLException failure) {
            // The driver has no exception for this case.
            throw Thread.currentThread().isInterrupted()
                    ? SqlFailures.interrupted(failure, place)
                    : SqlFailures.opening(failure, place, user);
        }
    }
}
