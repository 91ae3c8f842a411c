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

/** Opens sessions on the coordinator, or on another node that can be reached from here, as the admin or as a user of a project. */
public final class Sessions implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * The settings of every administrative session, which override those of the database and the role: {@link AdminSettings},
     * no propagation, and no JIT compilation. A compilation takes longer than any of the statements, and the server compiles
     * for tables that it estimates as large because they were never analyzed.
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

    /** The same, but with DDL that Citus carries to the other nodes, as distributing a table needs. */
    private static final String DISTRIBUTING_OPTIONS =
            ADMIN_OPTIONS.replace("citus.enable_ddl_propagation=off", "citus.enable_ddl_propagation=on");

    /**
     * The settings of sessions that wait for the next operation. Citus would keep its connections to the workers in them, and
     * not detect that a worker was restarted meanwhile. The server plans repeated statements once: the plan is the same for
     * every project, and planning takes longer than execution.
     */
    private static final String KEPT_OPTIONS =
            ADMIN_OPTIONS + " -c citus.max_cached_conns_per_worker=0 -c plan_cache_mode=force_generic_plan";

    /**
     * What a session that moves rows is sure of besides what its role sets: that DDL reaches the other nodes, and shards can
     * be written to. No superuser is needed to set any of it.
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

    /** How often a statement is sent before the server keeps it; those that name a project come once. */
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
     * Sessions on one coordinator.
     *
     * @param admin the superuser
     * @param adminPassword the superuser's password
     * @param threads where JDBC calls run
     * @param kept how many connections to the maintenance database may wait for the next operation on each node
     * @param directly whether workers may be reached past the coordinator
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
     * Sessions on another node, past the coordinator, with the same credentials and driver options.
     *
     * @param other the node, for messages
     * @param host where it is reached from here
     */
    public Sessions on(Node other, String host, int port) {
        return on(other, host, port, Optional.empty());
    }

    /**
     * The same where the node is known by the address: what answers there must be that server.
     *
     * @param system its {@link ClusterQueries#systemIdentifier()}
     * @return sessions on that node, which throw {@link ConflictException} when they are opened on another one
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
     * How the admin reaches a database here.
     *
     * @return the connection, with the password
     */
    public ConnectionInfo adminConnection(String database) {
        return address.connection(database, credentials.admin(), Optional.of(credentials.password()));
    }

    /**
     * Where the coordinator is.
     *
     * @return the address that this process uses
     */
    public CoordinatorAddress address() {
        return address;
    }

    /**
     * The superuser that the library connects as.
     *
     * @return the role's name
     */
    public String admin() {
        return credentials.admin();
    }

    /** The superuser's password, which is tried first. */
    public Secret adminPassword() {
        return credentials.password();
    }

    /**
     * New sessions of the superuser, here and on the other nodes, also try another password, because the password is
     * changing.
     *
     * @param next the new password
     */
    public void acceptAlso(Secret next) {
        credentials.acceptAlso(next);
    }

    /**
     * New sessions of the superuser, here and on the other nodes, use this password from now on. Open ones stay open.
     */
    public void settleOn(Secret password) {
        credentials.settleOn(password);
    }

    /**
     * A session of the admin's in the maintenance database.
     *
     * @param deadline by when everything in it must have ended
     */
    public Session maintenance(Deadline deadline) {
        return maintenance(PATIENCE, deadline);
    }

    private Session maintenance(Duration timeout, Deadline deadline) {
        String database = address.maintenanceDatabase();
        // A coordinator of unknown identity does not wait for those who ask for it.
        String server = address + identity.map(" "::concat).orElse("");
        Consumer<Connection> leaving = left -> idle.give(server, left);
        return idle.take(server)
                .map(kept -> ofAdmin(kept, database, deadline, leaving))
                .orElseGet(() -> identified(
                        ofAdmin(connectAdmin(database, KEPT_OPTIONS, timeout, deadline), database, deadline, leaving)));
    }

    /**
     * A session of the admin's.
     *
     * @param deadline by when everything in it must have ended
     */
    public Session admin(String database, Deadline deadline) {
        return admin(database, PATIENCE, deadline);
    }

    /** The same for a server that may not be there at all. */
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
     * A session of the admin's that asks nothing but the coordinator's own catalogs, so that Citus opens no other for it. It
     * may enter a database that is half made, or of an earlier version.
     *
     * @param deadline by when everything in it must have ended
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
     * Refuses a session in a database where the project's users control the settings of the sessions that Citus opens for it
     * between nodes. The start-up packet protects the session itself, and direct connections to workers.
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
     * A session of the admin's whose DDL reaches the other nodes.
     *
     * @param deadline by when everything in it must have ended
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
     * A session as an application would open it.
     *
     * @param deadline by when everything in it must have ended
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
     * A session that shows whether a user gets in and through to the workers. It starts without the user's own settings:
     * a time-out of the user's would look like a node that refuses the user.
     *
     * @param deadline by when everything in it must have ended
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
     * A session of a temporary role that moves rows. Its DDL reaches the other nodes.
     *
     * @param deadline by when everything in it must have ended
     * @return an open session, with direct ways to the workers as the same role
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
        // The driver then starts the session with that name, instead of setting it, which would not outlive an
        // operation.
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.0");
        if (database.equals(address.maintenanceDatabase())) {
            // There the driver would discard all plans at every CREATE and DROP, none of which changes the statements.
            // Older
            // drivers do not know the property, and keep plans.
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
            // Without it the driver would wait for ever for a server that accepts connections and says nothing.
            PGProperty.LOGIN_TIMEOUT.set(properties, deadline.remainingSeconds());
        }
        try {
            Connection connection = new Driver().connect(address.jdbcUrl(database), properties);
            if (connection == null) {
                throw new IllegalStateException("The driver does not take " + MaskedUrl.of(address.jdbcUrl(database)));
            }
            return connection;
        } catch (SQLException failure) {
            // The driver has no exception for it.
            throw Thread.currentThread().isInterrupted()
                    ? SqlFailures.interrupted(failure, place)
                    : SqlFailures.opening(failure, place, user);
        }
    }

    /** Closes what waits for the next operation. */
    @Override
    public void close() {
        idle.close();
    }
}
