package org.citustenancy.hikari.internal.connections;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.hikari.internal.connections.Replication.Follower;
import org.citustenancy.hikari.internal.jdbc.JdbcUrl;
import org.citustenancy.hikari.internal.nodes.NodeWatch;
import org.citustenancy.hikari.internal.nodes.WatchedNode;
import org.citustenancy.hikari.nodes.NodeAddress;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** Maps the connection of a project to its nodes. */
public final class Targets {

    private static final Set<String> NOT_OPTIONS = Set.of(
            PGProperty.PG_HOST.getName(),
            PGProperty.PG_PORT.getName(),
            PGProperty.PG_DBNAME.getName(),
            PGProperty.USER.getName(),
            PGProperty.PASSWORD.getName());

    /** How often a standby is checked within the time that it may be behind. */
    private static final int CHECKS_WITHIN_LAG = 4;

    private Targets() {}

    /**
     * Returns the coordinator alone. If the URL has several hosts, the driver selects one by the options of the URL.
     */
    public static List<Target> coordinator(ConnectionInfo connection) {
        parsed(connection);
        return List.of(new Target(connection.jdbcUrl(), Optional.empty()));
    }

    /**
     * Returns the coordinator and workers.
     *
     * @param watch tracks the nodes that are up
     */
    public static List<Target> everyNode(ConnectionInfo connection, List<NodeAddress> workers, NodeWatch watch) {
        return List.copyOf(primaries(connection, workers, watch).values());
    }

    /**
     * Returns the coordinator, the workers and the standby of the coordinator, whose sessions read the standbys of the
     * workers.
     *
     * @param standbys by worker, its standby; under an absent address that of the coordinator
     * @param watch tracks the nodes that are up, and the standby while it is recent enough
     * @param maxLag how far a standby may be behind
     */
    public static List<Target> everyNodeAndStandby(
            ConnectionInfo connection,
            List<NodeAddress> workers,
            Map<Optional<NodeAddress>, NodeAddress> standbys,
            NodeWatch watch,
            Duration maxLag) {
        Map<Optional<NodeAddress>, Target> primaries = primaries(connection, workers, watch);
        NodeAddress address = standbys.get(Optional.<NodeAddress>empty());
        List<Target> targets = new ArrayList<>(primaries.values());
        if (address != null) {
            WatchedNode standby = watch.node(address);
            Map<String, String> options = optionsOfOneHost(connection);
            List<Follower> followers = new ArrayList<>();
            primaries.forEach((node, primary) -> {
                NodeAddress there = standbys.get(node);
                if (there != null) {
                    followers.add(new Follower(
                            JdbcUrl.of(there, connection.database(), options, connection.jdbcUrl()),
                            primary,
                            standby.lag(there + " of " + node)));
                }
            });
            Replication replication = new Replication(followers, maxLag);
            targets.add(new Target(
                    JdbcUrl.of(address, connection.database(), options, connection.jdbcUrl()),
                    Optional.of(standby),
                    Optional.of(replication)));
            standby.follow(maxLag.dividedBy(CHECKS_WITHIN_LAG), replication::isRecent);
        }
        return List.copyOf(targets);
    }

    /** Returns the coordinator under an absent address, and the workers. */
    private static Map<Optional<NodeAddress>, Target> primaries(
            ConnectionInfo connection, List<NodeAddress> workers, NodeWatch watch) {
        Map<String, String> options = optionsOfOneHost(connection);
        Map<Optional<NodeAddress>, Target> primaries = new LinkedHashMap<>();
        // The driver selects a host that is up; the state of the first host is irrelevant.
        primaries.put(
                Optional.empty(),
                new Target(
                        connection.jdbcUrl(),
                        hasSeveralHosts(connection)
                                ? Optional.empty()
                                : Optional.of(watch.node(new NodeAddress(connection.host(), connection.port()))
                                        .lead())));
        workers.forEach(worker -> primaries.put(
                Optional.of(worker),
                new Target(
                        JdbcUrl.of(worker, connection.database(), options, connection.jdbcUrl()),
                        Optional.of(watch.node(worker).lead()))));
        return primaries;
    }

    /** Returns options for a URL with one host; in a read pool, the driver would reject that host by its type. */
    private static Map<String, String> optionsOfOneHost(ConnectionInfo connection) {
        Map<String, String> options = options(connection);
        options.remove(PGProperty.TARGET_SERVER_TYPE.getName());
        return options;
    }

    /**
     * Rejects server settings in the URL, which this module would replace.
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
        Properties parsed = Driver.parseURL(JdbcUrl.ofPostgres(connection.jdbcUrl()), null);
        if (parsed == null) {
            throw new InvalidRequestException(
                    Failure.of("\"" + JdbcUrl.shown(connection.jdbcUrl()) + "\" is not a JDBC URL of PostgreSQL")
                            .fix("write it as jdbc:postgresql://host:port/database"));
        }
        if (JdbcUrl.isWrapped(connection.jdbcUrl())) {
            requireDriver(connection);
        }
        return parsed;
    }

    private static void requireDriver(ConnectionInfo connection) {
        try {
            DriverManager.getDriver(connection.jdbcUrl());
        } catch (SQLException missing) {
            throw new InvalidRequestException(
                    Failure.of("No driver accepts \"" + JdbcUrl.shown(connection.jdbcUrl()) + "\"")
                            .fix("add the driver that the URL names to the class path, or write it as"
                                    + " jdbc:postgresql://host:port/database"),
                    missing);
        }
    }
}
