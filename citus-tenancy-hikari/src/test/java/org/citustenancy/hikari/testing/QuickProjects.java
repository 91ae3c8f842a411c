package org.citustenancy.hikari.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.ProjectRequest;
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

    /** Makes so many, with names that no other test uses. */
    public static List<ConnectionInfo> make(TestCluster nodes, String name, int count) throws SQLException {
        return make(nodes, name, count, count);
    }

    /**
     * Makes so many projects with a user each, which share fewer databases: to the pools they are as different as others,
     * and to the server it is the same number of connections.
     */
    public static List<ConnectionInfo> make(TestCluster nodes, String name, int count, int databases)
            throws SQLException {
        String unique = TestCluster.unique(name);
        EmbeddedNode node = nodes.embedded().coordinator();
        List<ConnectionInfo> connections = new ArrayList<>();
        try (Connection connection = nodes.open(node, "postgres");
                Statement statement = connection.createStatement()) {
            for (int number = 0; number < count; number++) {
                String each = unique + "_" + number;
                statement.execute("create role " + TestCluster.identifier(each) + " login password "
                        + TestCluster.literal(PASSWORD.reveal()));
                if (number < databases) {
                    statement.execute("create database " + TestCluster.identifier(each) + " template template0 owner "
                            + TestCluster.identifier(each));
                }
                connections.add(new ConnectionInfo(
                        "127.0.0.1",
                        node.port(),
                        each,
                        each,
                        Optional.of(PASSWORD),
                        node.jdbcUrl(unique + "_" + number % databases),
                        Map.of()));
            }
        }
        return connections;
    }

    /** Makes so many by the library, on all nodes, each with a user of its name. */
    public static List<ConnectionInfo> real(TestCluster nodes, String name, int count) {
        String unique = TestCluster.unique(name);
        try (CitusCluster cluster = nodes.connect()) {
            List<ProjectRequest> requests = new ArrayList<>();
            for (int number = 0; number < count; number++) {
                String each = unique + "_" + number;
                requests.add(cluster.project(each).withUser(each, PASSWORD));
            }
            return cluster.create(requests).stream()
                    .map(ProjectOutcome::orThrow)
                    .map(project -> project.connection(project.name()))
                    .toList();
        }
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
