package org.citustenancy.security;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;

/**
 * A user who tries what must be refused.
 *
 * @param name the role
 * @param password its password
 */
record Intruder(String name, String password) {

    static final String DONE = "done";
    static final String REFUSED = "42501";

    /** A session, as any client has it. */
    Connection connect(EmbeddedNode node, String database) throws SQLException {
        return connect(node, database, "intruder");
    }

    /** A session that says that it is one of Citus itself. */
    Connection connectAsNode(EmbeddedNode node, String database) throws SQLException {
        return connect(node, database, "citus_internal gpid=10000000001");
    }

    private Connection connect(EmbeddedNode node, String database, String application) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", name);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", application);
        properties.setProperty("assumeMinServerVersion", "14");
        return DriverManager.getConnection(node.jdbcUrl(database), properties);
    }

    /** {@link #DONE}, or the code of the server's refusal. */
    String tries(EmbeddedNode node, String database, String sql) {
        try (Connection connection = connect(node, database)) {
            TestCluster.ask(connection, sql);
            return DONE;
        } catch (SQLException refusal) {
            return refusal.getSQLState();
        }
    }

    /** The same in a session that says that it is one of Citus itself. */
    String triesAsNode(EmbeddedNode node, String database, String sql) {
        try (Connection connection = connectAsNode(node, database)) {
            TestCluster.ask(connection, sql);
            return DONE;
        } catch (SQLException refusal) {
            return refusal.getSQLState();
        }
    }
}
