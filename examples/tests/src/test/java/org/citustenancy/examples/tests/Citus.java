package org.citustenancy.examples.tests;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The suite runs on a PostgreSQL without Citus too, where nothing can be distributed. */
final class Citus {

    private Citus() {}

    static boolean isIn(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from pg_extension where extname = 'citus'")) {
            row.next();
            return row.getInt(1) == 1;
        }
    }
}
