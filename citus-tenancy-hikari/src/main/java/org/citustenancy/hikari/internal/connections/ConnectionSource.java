package org.citustenancy.hikari.internal.connections;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.citustenancy.hikari.internal.budget.Account;
import org.citustenancy.hikari.internal.budget.Demand;
import org.citustenancy.hikari.internal.budget.Ledger;
import org.citustenancy.hikari.internal.budget.Permit;
import org.citustenancy.hikari.internal.jdbc.PlainDataSource;
import org.citustenancy.hikari.internal.nodes.NodeProbe;
import org.citustenancy.hikari.internal.nodes.WatchedNode;
import org.citustenancy.hikari.pool.PoolName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the connections of a HikariCP pool: each with a permit of the budget, on one of the nodes, with the current
 * password.
 */
public final class ConnectionSource extends PlainDataSource implements Demand, Backing, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSource.class);

    /** The time for which the refusal of a formerly valid password is treated as a password change in progress. */
    private static final long ROTATION_MILLIS = 10_000;

    /** The number of nodes that may hang within the connection time-out of the pool. */
    private static final int ATTEMPTS = 4;

    private static final int SHORTEST_ATTEMPT_SECONDS = 3;

    private final PoolName name;
    private final Login login;
    private final Opener opener;
    private final LagMeasurement lag;
    private final Route route;
    private final long maxUses;
    private final Ledger ledger;
    private final Executor closer;
    private final Account account;
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final Runnable retiring = this::retireAll;
    private final AtomicInteger discarded = new AtomicInteger();
    private final Map<Target, NodeProbe> checks = new ConcurrentHashMap<>();
    private volatile @Nullable Credential proven;
    private volatile boolean closed;
    private volatile @Nullable ServedPool pool;
    private volatile @Nullable Refusal refusal;

    /**
     * Creates a source without connections.
     *
     * @param applicationName the name that the server shows
     * @param sessionOptions server settings in command-line form, or nothing
     * @param maxUses how often a connection is borrowed, 0 for no limit
     * @param ledger grants permits
     * @param closer closes connections that HikariCP does not manage yet
     */
    public ConnectionSource(
            PoolName name,
            Login login,
            String applicationName,
            String sessionOptions,
            List<Target> targets,
            long maxUses,
            Ledger ledger,
            Executor closer) {
        this.name = name;
        this.login = login;
        this.opener = new Opener(login.user(), applicationName, sessionOptions, name.reads());
        this.lag = new LagMeasurement(opener);
        this.route = new Route(targets);
        this.maxUses = maxUses;
        this.ledger = ledger;
        this.closer = closer;
        this.account = ledger.open(name.project(), this);
        login.onChange(retiring);
        targets.forEach(this::check);
    }

    /** Lets the watch check a node with the login of this pool. */
    private void check(Target target) {
        target.checkWith(checks.computeIfAbsent(target, node -> timeout -> check(node, timeout)));
    }

    /**
     * A check holds no permit, because it ends at once. It uses the last password that was accepted: a source of
     * passwords may wait or fail.
     */
    private NodeProbe.Answer check(Target target, int timeout) {
        Credential known = proven;
        if (known == null) {
            return NodeProbe.Answer.UNKNOWN;
        }
        if (target.replication().isPresent() && connections.isEmpty()) {
            // An unused pool needs no sessions to know how far a standby is behind.
            return NodeProbe.Answer.UNKNOWN;
        }
        try {
            if (target.replication().isPresent()) {
                lag.measure(target.replication().get(), known.password(), timeout);
            }
            opener.open(target, known.password(), timeout).close();
            return NodeProbe.Answer.UP;
        } catch (SQLException failure) {
            LOG.debug("{} does not accept a session", target, failure);
            return NodeProbe.isNodeFailure(failure)
                    ? NodeProbe.Answer.down(failure.getMessage())
                    : NodeProbe.Answer.UNKNOWN;
        } catch (RuntimeException failure) {
            LOG.warn("{} could not be checked", target, failure);
            return NodeProbe.Answer.UNKNOWN;
        }
    }

    private void forgetChecks() {
        checks.forEach(Target::forget);
        checks.clear();
    }

    /**
     * Sets the pool that this source serves.
     *
     * @param served the pool
     */
    public void serve(ServedPool served) {
        pool = served;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            while (true) {
                Refusal recent = refusal;
                if (recent != null && recent.isRecent() && recent.credential() == login.current()) {
                    return new RefusedConnection(recent);
                }
                Permit permit = ledger.acquire(account, this).orElseThrow(() -> new UnwantedException(name));
                PoolConnection connection = openOrRelease(permit);
                if (connection != null) {
                    return connection;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException(
                    "Interrupted while waiting to open a connection of " + name, interrupted);
        }
    }

    /** Returns the connection, or the refusal of one, or null if another password is to be tried. */
    private @Nullable PoolConnection openOrRelease(Permit permit) throws SQLException, InterruptedException {
        @Nullable ServerConnection opened = null;
        @Nullable ServerConnection lent = null;
        Credential credential;
        SQLException refused;
        List<Target> targets = route.targets();
        try {
            credential = login.current();
            try {
                opened = open(permit, credential);
                credential.proven();
                proven = credential;
                refusal = null;
                if (closed) {
                    throw new UnwantedException(name);
                }
                lent = login.current() == credential && route.leadsTo(opened.node()) ? opened : null;
                return lent;
            } catch (SQLException failure) {
                if (!Refusal.isFinal(failure)) {
                    throw failure;
                }
                refused = failure;
            }
        } finally {
            // A connection that HikariCP does not get must hold neither a permit nor a session.
            if (opened == null) {
                permit.release();
            } else if (lent == null) {
                opened.close();
            }
        }
        if (route.targets() != targets) {
            // A server may have refused it that is none of the pool's any more.
            return null;
        }
        boolean maybeRotating = credential.isProven() && Refusal.isOfThePassword(refused);
        long wait = maybeRotating ? ROTATION_MILLIS - credential.refusedMillis() : 0;
        if (login.awaitAnother(credential, wait, this::isWanted)) {
            return null;
        }
        if (wait > 0 && !isWanted()) {
            // The waiting thread got a returned connection; it must not get a refusal that may be over soon.
            throw refused;
        }
        Refusal last = Refusal.now(name, refused, credential);
        refusal = last;
        return new RefusedConnection(last);
    }

    private ServerConnection open(Permit permit, Credential credential) throws SQLException {
        int timeout = timeoutOfAnAttempt();
        ServerConnection opened = route.open(
                this::connectionsOn,
                target -> new ServerConnection(open(target, credential, timeout), permit, target, this, maxUses));
        connections.add(opened);
        permit.use(opened);
        return opened;
    }

    private Connection open(Target target, Credential credential, int timeout) throws SQLException {
        if (target.replication().isPresent()) {
            lag.requireRecent(target.replication().get(), credential.password(), timeout);
        }
        return opener.open(target, credential.password(), timeout);
    }

    /** A node that hangs leaves time for another one; a busy one has some seconds. 0 means no limit. */
    private int timeoutOfAnAttempt() throws SQLException {
        int whole = getLoginTimeout();
        boolean onlyOne = whole == 0 || route.targets().size() == 1;
        return onlyOne ? whole : Math.max(Math.min(whole, SHORTEST_ATTEMPT_SECONDS), whole / ATTEMPTS);
    }

    private long connectionsOn(Target target) {
        return connections.stream()
                .filter(connection -> connection.node().equals(target))
                .count();
    }

    @Override
    public boolean isWanted() {
        ServedPool served = pool;
        if (served == null || closed) {
            return !closed;
        }
        int idle = served.idle();
        return served.waiting() > idle || idle < served.source().getMinimumIdle();
    }

    @Override
    public int waiting() {
        ServedPool served = pool;
        return served == null ? 0 : served.waiting();
    }

    @Override
    public void askIfWanted() {
        ServedPool served = pool;
        if (served != null && served.waiting() > 0 && isWanted()) {
            served.openForWaiting();
        }
    }

    @Override
    public void evict(Connection endedLoan) {
        ServedPool served = pool;
        if (served != null) {
            served.source().evictConnection(endedLoan);
        }
    }

    @Override
    public void discard(Runnable closing) {
        discarded.incrementAndGet();
        try {
            closer.execute(closing);
        } catch (RejectedExecutionException ended) {
            LOG.debug("The registry is closed; the revoking thread closes a connection of {}", name, ended);
            closing.run();
        }
    }

    @Override
    public void removed(boolean wasDiscarded) {
        if (wasDiscarded) {
            discarded.decrementAndGet();
        }
        if (!closed) {
            askIfWanted();
        }
    }

    @Override
    public void closed(ServerConnection connection) {
        connections.remove(connection);
    }

    /**
     * Returns the number of the pool's idle connections that are already closed, which the pool detects when it is
     * about to lend them.
     */
    public int discardedCount() {
        return discarded.get();
    }

    private void retireAll() {
        ServedPool served = pool;
        if (served != null) {
            served.evictAll();
        }
    }

    /**
     * Handles a change of a node's state. If the node is down, its connections are not lent any more. If it is up
     * again, other nodes' connections are given up until the node has its share again.
     */
    public void follow(WatchedNode node) {
        if (node.isDown()) {
            connections.stream()
                    .filter(connection -> connection.node().is(node))
                    .forEach(ServerConnection::giveUp);
        } else if (route.targets().stream().anyMatch(target -> target.is(node))) {
            makeRoom();
        }
    }

    /**
     * Replaces the nodes. Connections to other nodes are given up, and so are enough connections for new nodes to get
     * their share.
     *
     * @param targets the nodes from now on
     */
    public void spread(List<Target> targets) {
        Set<Target> before = Set.copyOf(route.targets());
        forgetChecks();
        targets.forEach(this::check);
        route.lead(targets);
        connections.stream()
                .filter(connection -> !route.leadsTo(connection.node()))
                .forEach(ServerConnection::giveUp);
        if (!before.containsAll(targets)) {
            makeRoom();
        }
        if (refusal != null) {
            // Of a server that may be none of the pool's any more, as the placeholders in the pool are.
            refusal = null;
            retireAll();
        }
    }

    private void makeRoom() {
        long part = connections.size() / route.targets().size();
        for (long given = 0; given < part; given++) {
            connections.stream()
                    .filter(connection -> !connection.isGivenUp())
                    .max(Comparator.comparingLong(connection -> connectionsLeftOn(connection.node())))
                    .ifPresent(ServerConnection::giveUp);
        }
    }

    private long connectionsLeftOn(Target target) {
        return connections.stream()
                .filter(connection -> connection.node().equals(target) && !connection.isGivenUp())
                .count();
    }

    /** Stops opening connections for the pool. Open connections stay open until the pool closes them. */
    @Override
    public void close() {
        closed = true;
        forgetChecks();
        ledger.close(account, this);
        login.forget(retiring);
    }

    /** Returns whether connections are open. */
    public boolean hasConnections() {
        return !connections.isEmpty();
    }

    /** Returns a task for each connection that aborts it, and may wait for its server. */
    public Stream<Runnable> cuts(CutConnections which, Set<String> silentServers) {
        return connections.stream()
                .filter(connection -> which == CutConnections.ALL || !connection.isIdle())
                .map(connection -> () -> connection.cut(silentServers));
    }

    /** Which connections of a pool are aborted. */
    public enum CutConnections {
        /** Connections that borrowers have not returned. */
        BORROWED,
        /** All connections. */
        ALL
    }
}
