package org.citustenancy.embedded.internal.citus;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import org.citustenancy.embedded.internal.fleet.Server;
import org.citustenancy.embedded.internal.fleet.ServerException;

/**
 * Registers servers as one cluster. All statements go through the coordinator, the only server that must be reachable.
 */
public final class CitusFormation {

    private static final String CREATE_EXTENSION = "CREATE EXTENSION IF NOT EXISTS citus";

    private final Connection connection;
    private final Server coordinator;

    /**
     * @param connection a connection of the admin to the maintenance database of the coordinator
     * @param coordinator the server of the connection
     */
    public CitusFormation(Connection connection, Server coordinator) {
        this.connection = connection;
        this.coordinator = coordinator;
    }

    /** Creates the extension on every server and registers all of them. */
    public void form(List<Server> workers) throws ServerException {
        try {
            try (Statement statement = connection.createStatement()) {
                statement.execute(CREATE_EXTENSION);
            }
            createExtensionOn(workers);
            call("SELECT citus_set_coordinator_host(?, ?)", coordinator);
            for (Server worker : workers) {
                call("SELECT citus_add_node(?, ?)", worker);
            }
            if (workers.isEmpty()) {
                // A server that is registered as the coordinator holds no shards by default, and there is no other node
                // to hold them.
                call("SELECT citus_set_node_property(?, ?, 'shouldhaveshards', true)", coordinator);
            }
        } catch (SQLException failure) {
            throw new ServerException(
                    "The servers could not be made into a Citus cluster: " + failure.getMessage()
                            + "\nThe log of the coordinator:\n" + coordinator.log(),
                    failure);
        }
    }

    private void createExtensionOn(List<Server> workers) throws SQLException, ServerException {
        if (workers.isEmpty()) {
            return;
        }
        // The function takes the nodes as arguments, so it reaches servers that are not registered yet. A failure is a
        // row, not an error.
        String sql = "SELECT node_name, node_port, success, result FROM master_run_on_worker(?, ?, ?, true)";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Object[] names = workers.stream().map(Server::name).toArray();
            Object[] ports = workers.stream().map(Server::port).toArray();
            Object[] commands =
                    Collections.nCopies(workers.size(), CREATE_EXTENSION).toArray();
            statement.setArray(1, connection.createArrayOf("text", names));
            statement.setArray(2, connection.createArrayOf("int4", ports));
            statement.setArray(3, connection.createArrayOf("text", commands));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (!rows.getBoolean("success")) {
                        throw new ServerException("Citus could not be created on " + rows.getString("node_name") + ":"
                                + rows.getInt("node_port") + ": " + rows.getString("result"));
                    }
                }
            }
        }
    }

    private void call(String sql, Server server) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, server.name());
            statement.setInt(2, server.port());
            statement.execute();
        }
    }
}
