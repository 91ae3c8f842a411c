package org.citustenancy.examples.demo;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.citustenancy.ClusterOptions;

/** Reads the server's state as the admin before any project exists. */
record AdminView(ClusterOptions options) {

    /** Returns the versions of PostgreSQL and, if it is installed, of Citus. */
    String versions(boolean citus) throws SQLException {
        try (Connection connection = open();
                Statement statement = connection.createStatement()) {
            String postgres = "PostgreSQL " + first(statement, "SHOW server_version");
            return citus
                    ? postgres + ", "
                            + first(statement, "SELECT citus_version()").replaceAll(" on .*", "")
                    : postgres;
        }
    }

    private static String first(Statement statement, String query) throws SQLException {
        try (ResultSet answer = statement.executeQuery(query)) {
            answer.next();
            return String.valueOf(answer.getString(1));
        }
    }

    /** Returns the existing roles that have a password. */
    Set<String> withPassword(List<String> roles) throws SQLException {
        try (Connection connection = open();
                PreparedStatement query = connection.prepareStatement(
                        "SELECT rolname FROM pg_catalog.pg_authid WHERE rolpassword IS NOT NULL AND rolname = ANY (?)")) {
            Array names = connection.createArrayOf("text", roles.toArray());
            query.setArray(1, names);
            Set<String> found = new HashSet<>();
            try (ResultSet answer = query.executeQuery()) {
                while (answer.next()) {
                    found.add(answer.getString(1));
                }
            }
            return found;
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(
                options.jdbcUrl(), options.admin(), options.adminPassword().reveal());
    }
}
