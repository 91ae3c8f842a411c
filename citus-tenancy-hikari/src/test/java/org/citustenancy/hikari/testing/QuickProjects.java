package org.citustenancy.hikari.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.testing.TestCluster;
import org.citustenancy.users.Secret;

/**
 * Databases with a user each, made on the coordinator by plain SQL: a pool cannot tell them from projects that are
 * distributed, and they take a tenth of the time.
 */
public final class QuickProjects {

    /** The password of all of them. */
    public static final Secret PASSWORD = Secret.of("a-Password-of-all");

    private QuickProjects() {}

    /** Makes so many, with names that nobody else uses. */
    public static List<ConnectionInfo> make(TestCluster nodes, String name, int count) throws SQLException {
        String unique = TestCluster.unique(name);
        List<String> names = IntStream.range(0, count)
                .mapToObj(number -> unique + "_" + number)
                .toList();
        EmbeddedNode node = nodes.embedded().coordinator();
        try (Connection connection = nodes.open(node, "postgres");
                Statement statement = connection.createStatement()) {
            for (String each : names) {
                statement.execute("create role " + TestCluster.identifier(each) + " login password "
                        + TestCluster.literal(PASSWORD.reveal()));
                statement.execute("create database " + TestCluster.identifier(each) + " template template0 owner "
                        + TestCluster.identifier(each));
            }
        }
        List<ConnectionInfo> connections = new ArrayList<>();
        names.forEach(each -> connections.add(connection(node, each, each, PASSWORD)));
        return connections;
    }

    /** Makes one. */
    public static ConnectionInfo make(TestCluster nodes, String name) throws SQLException {
        return make(nodes, name, 1).get(0);
    }

    /** A connection to a database of that name, which may or may not be there. */
    public static ConnectionInfo connection(EmbeddedNode node, String database, String user, Secret password) {
        return connection(node, database, user, password, "");
    }

    /** A connection with options of the driver. */
    public static ConnectionInfo connection(
            EmbeddedNode node, String database, String user, Secret password, String options) {
        return new ConnectionInfo(
                "127.0.0.1",
                node.port(),
                database,
                user,
                Optional.of(password),
                node.jdbcUrl(database) + options,
                Map.of());
    }
}
