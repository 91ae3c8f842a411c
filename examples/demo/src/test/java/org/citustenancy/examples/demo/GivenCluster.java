package org.citustenancy.examples.demo;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.citustenancy.embedded.EmbeddedCluster;

/**
 * Servers that the demo finds by its environment, as any cluster's.
 *
 * @param servers the servers
 * @param directory where the demo leaves its files
 */
record GivenCluster(EmbeddedCluster servers, Path directory) implements AutoCloseable {

    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("DB_HOST", address().getHost());
        environment.put("DB_PORT", Integer.toString(address().getPort()));
        environment.put("DB_ADMIN_USER", servers.adminUser());
        environment.put("DB_ADMIN_PASSWORD", servers.adminPassword());
        environment.put("DB_REQUIRE_CITUS", Boolean.toString(servers.hasCitus()));
        environment.put("DEMO_ENV_DIR", directory.toString());
        return environment;
    }

    /** The environment with one variable changed. */
    Map<String, String> environment(String name, String value) {
        Map<String, String> environment = environment();
        environment.put(name, value);
        return environment;
    }

    private URI address() {
        return URI.create(servers.jdbcUrl("postgres").substring("jdbc:".length()));
    }

    Path envFile(String project) {
        return directory
                .resolve(address().getHost() + "-" + address().getPort())
                .resolve(project + ".env");
    }

    /** What a database answers to the admin, the columns of each row with bars between them. */
    List<String> ask(String database, String query) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", servers.adminUser());
        properties.setProperty("password", servers.adminPassword());
        properties.setProperty("options", "-c search_path=public");
        try (Connection connection = DriverManager.getConnection(servers.jdbcUrl(database), properties);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(query)) {
            List<String> rows = new ArrayList<>();
            while (answer.next()) {
                List<String> columns = new ArrayList<>();
                for (int column = 1; column <= answer.getMetaData().getColumnCount(); column++) {
                    columns.add(answer.getString(column));
                }
                rows.add(String.join("|", columns));
            }
            return rows;
        }
    }

    /** Has the admin do something in the maintenance database. */
    void tell(String command) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        servers.jdbcUrl("postgres"), servers.adminUser(), servers.adminPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    @Override
    public void close() {
        servers.close();
    }
}
