package org.citustenancy.internal.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.connection.MaskedUrl;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.shaded.jooq.DSLContext;
import org.citustenancy.internal.shaded.jooq.SQLDialect;
import org.citustenancy.internal.shaded.jooq.conf.BackslashEscaping;
import org.citustenancy.internal.shaded.jooq.conf.Settings;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.sql.AdminSettings;
import org.citustenancy.internal.sql.BoundQuery;
import org.citustenancy.internal.sql.ClusterQueries;
import org.citustenancy.topology.Node;
import org.citustenancy.users.Secret;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Opens sessions on the coordinator, or on another node that is reachable from this process, as the admin or as a user
 * of a project.
 */
public final class Sessions implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * The settings of every administrative session, which override those of the database and the role: {@link
     * AdminSettings}, no propagation, and no JIT compilation. A compilation takes longer than any of the statements,
     * and the server compiles for tables that it estimates as large because they were never analyzed.
     *
     * @see <a href="https://www.postgresql.org/docs/current/jit-decision.html">When to JIT?</a>
     */
    private static final String ADMIN_OPTIONS = String.join(
            " ",
            "-c citus.enable_ddl_propagation=off",
            "-c citus.enable_manual_changes_to_shards=on",
            "-c citus.override_table_visibility=off",
            "-c citus.enable_create_role_propagation=off",
            "-c citus.enable_alter_role_propagation=off",
            "-c citus.enable_alter_role_set_propagation=off",
            AdminSettings.startupOptions(),
            "-c jit=off",
            "-c client_min_messages=warning");

    /** The same settings, but with propagation of DDL to the other nodes, which distributing a table needs. */
    private static final String DISTRIBUTING_OPTIONS =
            ADMIN_OPTIONS.replace("citus.enable_ddl_propagation=off", "citus.enable_ddl_propagation=on");

    /**
     * The settings of sessions that wait for the next operation. Citus would keep its connections to the workers in
     * them, and not detect that a worker was restarted meanwhile. The server plans repeated statements once, because
     * the plan is the same for every project and planning takes longer than execution.
     */
    private static final String KEPT_OPTIONS =
            ADMIN_OPTIONS + " -c citus.max_cached_conns_per_worker=0 -c plan_cache_mode=force_generic_plan";

    /**
     * The settings of a session that moves rows, in addition to those of its role: DDL reaches the other nodes, and
     * shards can be written to. Setting them needs no superuser.
     */
    private static final String ROW_OPTIONS = String.join(
            " ",
            "-c citus.enable_ddl_propagation=on",
            "-c citus.enable_manual_changes_to_shards=on",
            "-c citus.override_table_visibility=off",
            "-c citus.enable_unsafe_triggers=on",
            AdminSettings.startupOptionsOfUser(),
            "-c jit=off",
            "-c client_min_messages=warning");

    /** The number of executions after which the server keeps a statement. Statements that name a project run once. */
    private static final int KEPT_FROM = 2;

    private final CoordinatorAddress address;
    private final AdminCredentials credentials;
    private final ExecutorService threads;
    private final String node;
    private final IdleConnections idle;
    private final Optional<WorkerSessions.Routes> routes;
    private final Optional<String> identity;
    private final boolean onCoordinator;

    /**
     * Creates the sessions on one coordinator.
     *
     * @param admin the superuser
     * @param adminPassword the superuser's password
     * @param threads runs JDBC calls
     * @param kept how many connections to the maintenance database may wait for the next operation on each node
     * @param directly whether workers may be reached directly
     */
    public Sessions(
            CoordinatorAddress address,
            String admin,
            Secret adminPassword,
            ExecutorService threads,
            int kept,
            boolean directly) {
        this.address = address;
        this.credentials = new AdminCredentials(admin, adminPassword);
        this.threads = threads;
        this.node = "coordinator " + address;
        this.idle = new IdleConnections(threads, kept);
        this.routes = directly ? Optional.of(new WorkerSessions.Routes()) : Optional.empty();
        this.identity = Optional.empty();
        this.onCoordinator = true;
    }

    private Sessions(Sessions coordinator, CoordinatorAddress address, String node, Optional<String> identity) {
        this.address = address;
        this.credentials = coordinator.credentials;
        this.threads = coordinator.threads;
        this.node = node;
        this.idle = coordinator.idle;
        this.routes = Optional.empty();
        this.identity = identity;
        this.onCoordinator = false;
    }

    /**
     * Returns direct sessions on another node, with the same credentials and driver options.
     *
     * @param other the node, for messages
     * @param host the node's host for this process
     */
    public Sessions on(Node other, String host, int port) {
        return on(other, host, port, Optional.empty());
    }

    /**
     * Returns direct sessions on another node under its registered address. The server at that address must be the
     * given one.
     *
     * @param system its {@link ClusterQueries#systemIdentifier()}
     * @return sessions on that node, which throw {@link ConflictException} when they are opened on another server
     */
    Sessions on(Node other, String system) {
        return on(other, other.host(), other.port(), Optional.of(system));
    }

    private Sessions on(Node other, String host, int port, Optional<String> system) {
        CoordinatorAddress there =
                new CoordinatorAddress(host, Integer.toString(port), address.maintenanceDatabase(), address.options());
        return new Sessions(this, there, other.toString(), system);
    }

    /**
     * Returns the admin's connection to a database on the coordinator.
     *
     * @return the connection, with the password
     */
    public ConnectionInfo adminConnection(String database) {
        return address.connection(database, credentials.admin(), Optional.of(credentials.password()));
    }

    /**
     * Returns the address of the coordinator.
     *
     * @return the address that this process uses
     */
    public CoordinatorAddress address() {
        return address;
    }

    /**
     * Returns the superuser that the library connects as.
     *
     * @return the role's name
     */
    public String admin() {
        return credentials.admin();
    }

    /** Returns the superuser's password that is tried first. */
    public Secret adminPassword() {
        return credentials.password();
    }

    /**
     * Adds a password that new sessions of the superuser try, too, on the coordinator and the other nodes, because the
     * password is changing.
     *
     * @param next the new password
     */
    public void acceptAlso(Secret next) {
        credentials.acceptAlso(next);
    }

    /**
     * Uses only this password for new sessions of the superuser, on the coordinator and the other nodes. Open sessions
     * stay open.
     */
    public void settleOn(Secret password) {
        credentials.settleOn(password);
    }

    /**
     * Opens a session of the admin in the maintenance database.
     *
     * @param deadline the time by which everything in it must have ended
     */
    public Session maintenance(Deadline deadline) {
        return maintenance(PATIENCE, deadline);
    }

    private Session maintenance(Duration timeout, Deadline deadline) {
        String database = address.maintenanceDatabase();
        // A connection to a coordinator whose identity was not checked is not reused by sessions that require an
        // identity.
        String server = address + identity.map(" "::concat).orElse("");
        Consumer<Connection> leaving = left -> idle.give(server, left);
        return idle.take(server)
                .map(kept -> ofAdmin(kept, database, deadline, leaving))
                .orElseGet(() -> identified(
                        ofAdmin(connectAdmin(database, KEPT_OPTIONS, timeout, deadline), database, deadline, leaving)));
    }

    /**
     * Opens a session of the admin.
     *
     * @param deadline the time by which everything in it must have ended
     */
    public Session admin(String database, Deadline deadline) {
        return admin(database, PATIENCE, deadline);
    }

    /** Opens the same session on a server that may not answer at all. */
    Session admin(String database, Duration timeout, Deadline deadline) {
        return database.equals(address.maintenanceDatabase())
                ? maintenance(timeout, deadline)
                : identified(entered(ofAdmin(
                        connectAdmin(database, ADMIN_OPTIONS, timeout, deadline),
                        database,
                        deadline,
                        IdleConnections::end)));
    }

    /**
     * Opens a session of the admin that reads only the coordinator's own catalogs, so that Citus opens no other session
     * for it. It may enter a database that is unfinished or of an earlier version.
     *
     * @param deadline the time by which everything in it must have ended
     */
    public Session local(String database, Deadline deadline) {
        return session(
                connectAdmin(database, ADMIN_OPTIONS, PATIENCE, deadline),
                database,
                deadline,
                IdleConnections::end,
                Optional.empty());
    }

    /**
     * Refuses a session in a database in which the project's users control the settings of the sessions that Citus
     * opens for it between nodes. The start-up packet protects the session itself and direct connections to workers.
     */
    private Session entered(Session opened) {
        boolean safe = false;
        try {
            if (onCoordinator
                    && opened.fetch(AdminSettings.holdInCurrentDatabase()).isEmpty()) {
                throw new ConflictException(
                        Failure.of("The database does not protect the admin's sessions from settings of its users")
                                .where(opened.place())
                                .state("nothing was changed")
                                .fix("call repair() for the project, which protects them"));
            }
            safe = true;
            return opened;
        } finally {
            if (!safe) {
                opened.end();
            }
        }
    }

    private Session identified(Session opened) {
        boolean right = false;
        try {
            if (identity.isPresent()
                    && !identity.get().equals(opened.ask(BoundQuery.of(ClusterQueries.systemIdentifier())))) {
                throw new ConflictException(Failure.of("What answers there is another server")
                        .where(opened.place())
                        .state("nothing")
                        .fix("see where the address leads"));
            }
            right = true;
            return opened;
        } finally {
            if (!right) {
                opened.end();
            }
        }
    }

    private Session ofAdmin(Connection connection, String database, Deadline deadline, Consumer<Connection> leaving) {
        return session(
                connection,
                database,
                deadline,
                leaving,
                workers(database, (node, timeout) -> node.admin(database, timeout, deadline)));
    }

    private Optional<WorkerSessions> workers(String database, BiFunction<Sessions, Duration, Session> opening) {
        return routes.map(known -> new WorkerSessions(this, known, threads, database, opening));
    }

    /**
     * Opens a session of the admin whose DDL reaches the other nodes.
     *
     * @param deadline the time by which everything in it must have ended
     */
    public Session distributing(String database, Deadline deadline) {
        return entered(session(
                connectAdmin(database, DISTRIBUTING_OPTIONS, PATIENCE, deadline),
                database,
                deadline,
                IdleConnections::end,
                Optional.empty()));
    }

    /**
     * Opens a session as an application does.
     *
     * @param deadline the time by which everything in it must have ended
     */
    public Session user(String database, String user, Secret password, Deadline deadline) {
        return session(
                connect(database, user, password, "", PATIENCE, deadline),
                database,
                deadline,
                IdleConnections::end,
                Optional.empty());
    }

    /**
     * Opens a session that shows whether a user can connect and reaches the workers. It starts without the user's own
     * settings, because a timeout among them would have the same effect as a node that refuses the user.
     *
     * @param deadline the time by which everything in it must have ended
     */
    public Session login(String database, String user, Secret password, Deadline deadline) {
        return session(
                connect(database, user, password, AdminSettings.startupOptionsOfUser(), PATIENCE, deadline),
                database,
                deadline,
                IdleConnections::end,
                Optional.empty());
    }

    /**
     * Opens a session of a temporary role that moves rows. Its DDL reaches the other nodes.
     *
     * @param deadline the time by which everything in it must have ended
     * @return an open session, with direct connections to the workers as the same role
     */
    public Session rows(String database, String role, Secret password, Deadline deadline) {
        return rows(database, role, password, PATIENCE, deadline);
    }

    private Session rows(String database, String role, Secret password, Duration timeout, Deadline deadline) {
        return identified(session(
                connect(database, role, password, ROW_OPTIONS, timeout, deadline),
                database,
                deadline,
                IdleConnections::end,
                workers(database, (node, time) -> node.rows(database, role, password, time, deadline))));
    }

    static DSLContext jooq(Connection connection) {
        Settings settings = new Settings().withExecuteLogging(false).withBackslashEscaping(BackslashEscaping.OFF);
        return DSL.using(connection, SQLDialect.POSTGRES, settings);
    }

    private Session session(
            Connection connection,
            String database,
            Deadline deadline,
            Consumer<Connection> leaving,
            Optional<WorkerSessions> workers) {
        return new Session(
                connection,
                jooq(connection),
                threads,
                deadline,
                Place.unknown().on(node).in(database),
                leaving,
                workers);
    }

    private Connection connectAdmin(String database, String options, Duration timeout, Deadline deadline) {
        Set<Secret> refused = new HashSet<>();
        Secret password = credentials.password();
        while (true) {
            try {
                return connect(database, credentials.admin(), password, options, timeout, deadline);
            } catch (ConnectionException failure) {
                refused.add(password);
                Optional<Secret> other = credentials.besides(refused);
                if (!SqlFailures.isPasswordRefused(failure) || other.isEmpty()) {
                    throw failure;
                }
                password = other.get();
            }
        }
    }

    private Connection connect(
            String database, String user, Secret password, String options, Duration timeout, Deadline deadline) {
        Place place = Place.unknown().on(node).in(database);
        if (deadline.remainingNanos() <= 0) {
            throw deadline.exceeded(place);
        }
        Properties properties = new Properties();
        properties.putAll(address.options());
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password.reveal());
        PGProperty.OPTIONS.set(properties, options);
        PGProperty.APPLICATION_NAME.set(properties, "citus-tenancy");
        // The driver then starts the session with that name. A name that the driver sets later would not outlive an
        // operation.
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.0");
        if (database.equals(address.maintenanceDatabase())) {
            // Otherwise the driver discards all plans at every CREATE and DROP, and no CREATE or DROP changes these
            // statements. Older drivers do not support the property, and keep plans.
            properties.setProperty("flushCacheOnDdl", "false");
            if (!address.options().containsKey(PGProperty.PREPARE_THRESHOLD.getName())) {
                PGProperty.PREPARE_THRESHOLD.set(properties, KEPT_FROM);
            }
        }
        if (!address.options().containsKey(PGProperty.CONNECT_TIMEOUT.getName())) {
            PGProperty.CONNECT_TIMEOUT.set(
                    properties, (int) Math.min(timeout.toSeconds(), deadline.remainingSeconds()));
        }
        if (!address.options().containsKey(PGProperty.LOGIN_TIMEOUT.getName())) {
            // Without it, the driver waits without limit for a server that accepts connections and never answers.
            PGProperty.LOGIN_TIMEOUT.set(properties, deadline.remainingSeconds());
        }
        try {
            Connection connection = new Driver().connect(address.jdbcUrl(database), properties);
            if (connection == null) {
                throw new IllegalStateException("The driver does not take " + MaskedUrl.of(address.jdbcUrl(database)));
            }
            return connection;
        } catch (SQLException failure) {
            // The driver has no exception for this case.
            throw Thread.currentThread().isInterrupted()
                    ? SqlFailures.interrupted(failure, place)
                    : SqlFailures.opening(failure, place, user);
        }
    }

    /** Closes the connections that wait for the next operation. */
    @Override
    public void close() {
        idle.close();
    }
}
