package org.citustenancy.internal.session;

import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.citustenancy.connection.ConnectionInfo;
import org.citustenancy.errors.ConflictException;
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

/**
 * Opens sessions on the coordinator, or on another node that is reachable from this process, as the admin or as a user
 * of a project.
 */
public final class Sessions implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CoordinatorAddress address;
    private final AdminCredentials credentials;
    private final Connector connector;
    private final ExecutorService threads;
    private final String node;
    private final IdleConnections idle;
    private final Optional<WorkerSessions.Routes> routes;
    private final Optional<String> identity;
    private final boolean onCoordinator;
    private final SilentNodes silentNodes;

    /**
     * Creates the sessions on one coordinator.
     *
     * @param threads runs JDBC calls
     * @param kept how many connections to the maintenance database may wait for the next operation on each node
     * @param directly whether workers may be reached directly
     */
    public Sessions(
            CoordinatorAddress address,
            AdminCredentials credentials,
            ExecutorService threads,
            int kept,
            boolean directly) {
        this.address = address;
        this.credentials = credentials;
        this.node = "coordinator " + address;
        this.connector = new Connector(address, credentials, node);
        this.threads = threads;
        this.idle = new IdleConnections(threads, kept);
        this.routes = directly ? Optional.of(new WorkerSessions.Routes()) : Optional.empty();
        this.identity = Optional.empty();
        this.onCoordinator = true;
        this.silentNodes = new SilentNodes(this, threads);
    }

    private Sessions(Sessions coordinator, CoordinatorAddress address, String node, Optional<String> identity) {
        this.address = address;
        this.credentials = coordinator.credentials;
        this.node = node;
        this.connector = new Connector(address, credentials, node);
        this.threads = coordinator.threads;
        this.idle = coordinator.idle;
        this.routes = Optional.empty();
        this.identity = identity;
        this.onCoordinator = false;
        this.silentNodes = coordinator.silentNodes;
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

    /** Returns the search for nodes that do not answer. */
    public SilentNodes silentNodes() {
        return silentNodes;
    }

    /**
     * Returns a deadline of an operation, whose exception names the nodes that do not answer.
     *
     * @param allowed how long the operation may take
     */
    public Deadline deadline(Duration allowed) {
        return Deadline.in(allowed, silentNodes::lately);
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
                .orElseGet(() -> identified(ofAdmin(
                        connector.admin(database, SessionSettings.KEPT_ADMIN, timeout, deadline),
                        database,
                        deadline,
                        leaving)));
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
                        connector.admin(database, SessionSettings.ADMIN, timeout, deadline),
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
                connector.admin(database, SessionSettings.ADMIN, PATIENCE, deadline),
                database,
                deadline,
                IdleConnections::end,
                Optional.empty());
    }

    /**
     * Opens a session of the admin that recovers distributed transactions, in any database with Citus. It runs only
     * statements with qualified names, also in the sessions that Citus opens for it, as the daemon of Citus does with
     * the same rights; so it may enter a database that does not protect the admin.
     *
     * @param deadline the time by which everything in it must have ended
     */
    public Session recovering(String database, Deadline deadline) {
        return local(database, deadline);
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
                connector.admin(database, SessionSettings.DISTRIBUTING_ADMIN, PATIENCE, deadline),
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
                connector.connect(database, user, password, "", PATIENCE, deadline),
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
                connector.connect(database, user, password, AdminSettings.startupOptionsOfUser(), PATIENCE, deadline),
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
                connector.connect(database, role, password, SessionSettings.ROWS, timeout, deadline),
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

    /** Closes the connections that wait for the next operation. */
    @Override
    public void close() {
        idle.close();
    }
}
