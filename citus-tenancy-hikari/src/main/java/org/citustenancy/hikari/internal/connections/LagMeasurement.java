package org.citustenancy.hikari.internal.connections;

import java.sql.Connection;
import java.sql.SQLException;
import org.citustenancy.hikari.internal.connections.Replication.Follower;
import org.citustenancy.hikari.internal.jdbc.JdbcUrl;
import org.citustenancy.hikari.internal.nodes.NodeProbe;
import org.citustenancy.hikari.internal.sql.PositionQueries;
import org.citustenancy.hikari.internal.sql.ProjectSql;
import org.citustenancy.internal.shaded.jooq.Record1;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.exception.DataAccessException;
import org.citustenancy.users.Secret;
import org.postgresql.util.PSQLState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures how far standbys are behind their primaries, with sessions of a pool's user that end at once. */
final class LagMeasurement {

    private static final Logger LOG = LoggerFactory.getLogger(LagMeasurement.class);

    /** How often a standby is asked whether it has replayed what its primary wrote just before. */
    private static final int LOOKS = 5;

    private static final long LOOK_MILLIS = 20;

    private final Opener opener;

    LagMeasurement(Opener opener) {
        this.opener = opener;
    }

    /**
     * Requires that all standbys are recent enough, and measures those that are not known to be. If a primary does not
     * answer, its former positions count until they are too old.
     *
     * @throws SQLException with the state of a node that is down, if one is not
     */
    void requireRecent(Replication replication, Secret password, int timeoutSeconds) throws SQLException {
        if (!replication.isRecent()) {
            measure(replication, password, timeoutSeconds);
        }
    }

    /**
     * Measures all standbys.
     *
     * @throws SQLException with the state of a node that is down, if one is not recent enough
     */
    void measure(Replication replication, Secret password, int timeoutSeconds) throws SQLException {
        for (Follower follower : replication.followers()) {
            measure(follower, password, timeoutSeconds);
            if (!follower.lag().isWithin(replication.maxLag())) {
                throw new SQLException(
                        "The standby " + JdbcUrl.shown(follower.jdbcUrl()) + " is not known to be at most "
                                + replication.maxLag().toMillis() + " ms behind " + follower.primary(),
                        PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState());
            }
        }
    }

    private void measure(Follower follower, Secret password, int timeoutSeconds) throws SQLException {
        long begun = System.nanoTime();
        try (Connection primary = opener.open(follower.primary(), password, timeoutSeconds)) {
            follower.lag().primaryIsAt(position(primary, PositionQueries.ofPrimary(), timeoutSeconds), begun);
        } catch (SQLException failure) {
            if (!NodeProbe.isNodeFailure(failure)) {
                // The server refuses this user, and another pool can measure.
                throw failure;
            }
            LOG.debug("{} does not tell its position", follower.primary(), failure);
        }
        try (Connection standby = opener.open(follower.jdbcUrl(), password, timeoutSeconds)) {
            for (int look = 0; look < LOOKS; look++) {
                if (follower.lag().standbyIsAt(position(standby, PositionQueries.ofStandby(), timeoutSeconds))) {
                    return;
                }
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static long position(Connection connection, Select<Record1<Long>> query, int timeoutSeconds)
            throws SQLException {
        connection.setNetworkTimeout(Runnable::run, timeoutSeconds * 1_000);
        try {
            return ProjectSql.on(connection)
                    .fetchOptional(query)
                    .map(Record1::value1)
                    .orElseThrow(() -> new SQLException(
                            "The server is not in the role of a standby or of a primary in which it is used",
                            PSQLState.CONNECTION_UNABLE_TO_CONNECT.getState()));
        } catch (DataAccessException failure) {
            SQLException cause = failure.getCause(SQLException.class);
            throw cause == null ? new SQLException(failure) : cause;
        }
    }
}
