package org.citustenancy.examples.benchmark;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** How many transactions a server has seen. */
final class Committed {

    private static final String QUESTION = "select xact_commit + xact_rollback from pg_stat_database where datname = ?";

    private Committed() {}

    static long in(Connection session, String database) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(QUESTION)) {
            statement.setString(1, database);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
