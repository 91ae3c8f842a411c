package org.citustenancy.hikari.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.citustenancy.hikari.ProjectPool;
import org.citustenancy.testing.TestCluster;

/** The ports of the servers to which the connections of a pool lead. */
public final class PoolPorts {

    private PoolPorts() {}

    /** Borrows this number of connections at the same time, and returns the ports of their servers. */
    public static Set<Integer> of(ProjectPool pool, int connections) throws SQLException {
        Set<Integer> ports = new TreeSet<>();
        List<Connection> borrowed = new ArrayList<>();
        try {
            for (int number = 0; number < connections; number++) {
                Connection connection = pool.dataSource().getConnection();
                borrowed.add(connection);
                ports.add(of(connection));
            }
        } finally {
            for (Connection connection : borrowed) {
                connection.close();
            }
        }
        return ports;
    }

    /** Returns the same, or nothing if a request gets a connection that the end of a server cut. */
    public static Set<Integer> ifPossible(ProjectPool pool, int connections) {
        try {
            return of(pool, connections);
        } catch (SQLException cut) {
            return Set.of();
        }
    }

    /** Returns the port of the server of a connection. */
    public static int of(Connection connection) throws SQLException {
        return Integer.parseInt(
                TestCluster.ask(connection, "select inet_server_port()").get(0));
    }
}
