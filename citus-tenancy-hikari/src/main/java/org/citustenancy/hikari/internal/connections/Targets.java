package org.citustenancy.hikari.internal.connections;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.internal.jdbc.JdbcUrl;
import org.citustenancy.hikari.internal.nodes.NodeWatch;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** From the connection of a project to the nodes on which it can be made. */
public final class Targets {

    private static final Set<String> NOT_OPTIONS = Set.of(
            PGProperty.PG_HOST.getName(),
            PGProperty.PG_PORT.getName(),
            PGProperty.PG_DBNAME.getName(),
            PGProperty.USER.getName(),
            PGProperty.PASSWORD.getName());

    private Targets() {}

    /** The coordinator alone. Of several hosts the driver chooses, as the URL says. */
    public static List<Target> coordinator(ConnectionInfo connection) {
        return List.of(new Target(connection.jdbcUrl(), Optional.empty()));
    }

    /**
     * The coordinator and workers.
     *
     * @param watch knows which of them answer
     */
    public static List<Target> everyNode(ConnectionInfo connection, List<NodeAddress> workers, NodeWatch watch) {
        Map<String, String> options = options(connection);
        // Of several hosts the driver finds the one that is up; that the first is down says nothing.
        Target coordinator = new Target(
                connection.jdbcUrl(),
                hasSeveralHosts(connection)
                        ? Optional.empty()
                        : Optional.of(watch.node(new NodeAddress(connection.host(), connection.port()))));
        return Stream.concat(
                        Stream.of(coordinator),
                        workers.stream()
                                .map(worker -> new Target(
                                        JdbcUrl.of(worker, connection.database(), options),
                                        Optional.of(watch.node(worker)))))
                .toList();
    }

    /**
     * Refuses server settings that the URL would replace.
     *
     * @throws InvalidRequestException if the URL has server settings of its own
     */
    public static void refuseOwnSessionOptions(ConnectionInfo connection) {
        if (options(connection).containsKey(PGProperty.OPTIONS.getName())) {
            throw new InvalidRequestException(Failure.of("The URL of " + connection
                            + " has \"options\" of its own, which would replace the time-outs of the pool's settings, and"
                            + " the read-only default of a pool for reads")
                    .fix("have them in one place: take them out of the URL, or out of the settings"));
        }
    }

    private static boolean hasSeveralHosts(ConnectionInfo connection) {
        return parsed(connection).getProperty(PGProperty.PG_HOST.getName(), "").contains(",");
    }

    private static Map<String, String> options(ConnectionInfo connection) {
        Properties parsed = parsed(connection);
        Map<String, String> options = new TreeMap<>();
        parsed.stringPropertyNames().stream()
                .filter(name -> !NOT_OPTIONS.contains(name))
                .forEach(name -> options.put(name, parsed.getProperty(name)));
        return options;
    }

    private static Properties parsed(ConnectionInfo connection) {
        Properties parsed = Driver.parseURL(connection.jdbcUrl(), null);
        if (parsed == null) {
            throw new InvalidRequestException(
                    Failure.of("\"" + JdbcUrl.shown(connection.jdbcUrl()) + "\" is not a JDBC URL of PostgreSQL")
                            .fix("write it as jdbc:postgresql://host:port/database"));
        }
        return parsed;
    }
}
