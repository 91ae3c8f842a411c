package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.citustenancy.embedded.EmbeddedNode;

/** Counts the committed transactions of a server. */
final class Committed {

    private static final String QUESTION = "select xact_commit + xact_rollback from pg_stat_database where datname = ?";

    private static final String SESSIONS =
            "select count(*) from pg_stat_activity where datname = ? and application_name = 'citus-tenancy'";

    private static final int PAUSE_MILLIS = 50;

    private Committed() {}

    /** A session reports its transactions when it ends; the sessions of the library wait for further work first. */
    static void awaitEndOfSessions(Connection session, String database) throws SQLException, InterruptedException {
        while (number(session, SESSIONS, database) > 0) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    /** Returns the transactions in a database on all nodes, after the library's sessions have ended. */
    static long onAll(MeasuredCluster nodes, String database) throws SQLException, InterruptedException {
        long sum = 0;
        for (EmbeddedNode node : nodes.embedded().nodes()) {
            try (Connection session = nodes.open(node, "template1")) {
                awaitEndOfSessions(session, database);
                sum += in(session, database);
            }
        }
        return sum;
    }

    static long in(Connection session, String database) throws SQLException {
        return number(session, QUESTION, database);
    }

    private static long number(Connection session, String question, String database) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(question)) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
