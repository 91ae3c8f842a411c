package org.citustenancy.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One session of a test. */
final class TestSession implements AutoCloseable {

    private final Connection connection;

    private TestSession(Connection connection) {
        this.connection = connection;
    }

    static TestSession admin(EmbeddedCluster cluster) throws SQLException {
        return admin(cluster, cluster.coordinator());
    }

    static TestSession admin(EmbeddedCluster cluster, EmbeddedNode node) throws SQLException {
        return as(node, "postgres", cluster.adminUser(), cluster.adminPassword());
    }

    static TestSession as(EmbeddedNode node, String database, String user, String password) throws SQLException {
        return new TestSession(DriverManager.getConnection(node.jdbcUrl(database), user, password));
    }

    void run(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of a query with parameters, as text. */
    List<String> column(String query, Object... parameters) throws SQLException {
        List<String> values = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int index = 0; index < parameters.length; index++) {
                statement.setObject(index + 1, parameters[index]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
        }
        return values;
    }

    String value(String query, Object... parameters) throws SQLException {
        List<String> values = column(query, parameters);
        if (values.size() != 1) {
            throw new AssertionError(query + " returned " + values);
        }
        return values.get(0);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
