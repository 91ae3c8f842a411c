package org.citustenancy.hikari.internal.connections;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.util.ConcurrentBag.IBagStateListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.citustenancy.hikari.internal.budget.Account;
import org.citustenancy.hikari.internal.budget.Demand;
import org.citustenancy.hikari.internal.budget.Ledger;
import org.citustenancy.hikari.internal.budget.Permit;
import org.citustenancy.hikari.internal.jdbc.PlainDataSource;
import org.citustenancy.hikari.internal.nodes.WatchedNode;
import org.citustenancy.hikari.pool.PoolName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a pool of HikariCP gets its connections from: each by a permit of the budget, on one of the nodes, with the
 * password of the moment.
 */
public final class ConnectionSource extends PlainDataSource implements Demand, Backing, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionSource.class);

    /** How long a password that was right is taken to be in the middle of a change, when it is refused. */
    private static final long ROTATION_MILLIS = 10_000;

    private final PoolName name;
    private final Login login;
    private final Opener opener;
    private final Route route;
    private final long maxUses;
    private final Ledger ledger;
    private final Executor closer;
    private final Account account;
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final Runnable retiring = this::retireAll;
    private final AtomicInteger discarded = new AtomicInteger();
    private volatile boolean closed;
    private volatile @Nullable HikariDataSource pool;
    private volatile @Nullable Refusal refusal;

    /**
     * A source of no connection yet.
     *
     * @param applicationName what the server shows
     * @param sessionOptions server settings as a command line has them, or nothing
     * @param maxUses how often a connection is lent, 0 for without limit
     * @param ledger who may have connections
     * @param closer where connections are closed of which HikariCP knows nothing yet
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
        this.opener = new Opener(login.user(), applicationName, sessionOptions);
        this.route = new Route(targets);
        this.maxUses = maxUses;
        this.ledger = ledger;
        this.closer = closer;
        this.account = ledger.open(name.project(), this);
        login.onChange(retiring);
    }

    /**
     * Says which pool is served.
     *
     * @param served the pool
     */
    public void serve(HikariDataSource served) {
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

    /** The connection, or the refusal of one, or null if it is to be tried again with another password. */
    private @Nullable PoolConnection openOrRelease(Permit permit) throws SQLException, InterruptedException {
        @Nullable ServerConnection opened = null;
        @Nullable ServerConnection lent = null;
        Credential credential;
        SQLException refused;
        try {
            credential = login.current();
            try {
                opened = open(permit, credential);
                credential.proven();
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
        boolean maybeRotating = credential.isProven() && Refusal.isOfThePassword(refused);
        long wait = maybeRotating ? ROTATION_MILLIS - credential.refusedMillis() : 0;
        if (login.awaitAnother(credential, wait, this::isWanted)) {
            return null;
        }
        if (wait > 0 && !isWanted()) {
            // Who waited has got a connection that came back; it is not to meet a refusal that may be over soon.
            throw refused;
        }
        Refusal last = Refusal.now(name, refused, credential);
        refusal = last;
        return new RefusedConnection(last);
    }

    private ServerConnection open(Permit permit, Credential credential) throws SQLException {
        ServerConnection opened = route.open(
                this::connectionsOn,
                target -> new ServerConnection(
                        opener.open(target.jdbcUrl(), credential.password(), getLoginTimeout()),
                        permit,
                        target,
                        this,
                        maxUses));
        connections.add(opened);
        permit.use(opened);
        return opened;
    }

    private long connectionsOn(Target target) {
        return connections.stream()
                .filter(connection -> connection.node().equals(target))
                .count();
    }

    @Override
    public boolean isWanted() {
        HikariDataSource served = pool;
        HikariPoolMXBean figures = served == null ? null : served.getHikariPoolMXBean();
        if (served == null || figures == null) {
            return true;
        }
        int idle = figures.getIdleConnections();
        return figures.getThreadsAwaitingConnection() > idle || idle < served.getMinimumIdle();
    }

    @Override
    public int waiting() {
        HikariDataSource served = pool;
        HikariPoolMXBean figures = served == null ? null : served.getHikariPoolMXBean();
        return figures == null ? 0 : figures.getThreadsAwaitingConnection();
    }

    @Override
    public void askIfWanted() {
        HikariDataSource served = pool;
        if (served != null
                && waiting() > 0
                && isWanted()
                && served.getHikariPoolMXBean() instanceof IBagStateListener adding) {
            adding.addBagItem(waiting());
        }
    }

    @Override
    public void evict(Connection endedLoan) {
        HikariDataSource served = pool;
        if (served != null) {
            served.evictConnection(endedLoan);
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

    /** How many of the pool's idle connections are closed already, which the pool finds when it wants to lend them. */
    public int discardedCount() {
        return discarded.get();
    }

    private void retireAll() {
        HikariDataSource served = pool;
        HikariPoolMXBean figures = served == null ? null : served.getHikariPoolMXBean();
        if (figures != null) {
            figures.softEvictConnections();
        }
    }

    /**
     * Follows a node: if it is down, what is connected to it is not lent any more; if it is back, others give up so much
     * that it gets its part again.
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
     * Follows nodes that joined or left: what is connected elsewhere is given up, and so much that new ones get their part.
     *
     * @param targets the nodes from now on
     */
    public void spread(List<Target> targets) {
        Set<Target> before = Set.copyOf(route.targets());
        route.lead(targets);
        connections.stream()
                .filter(connection -> !route.leadsTo(connection.node()))
                .forEach(ServerConnection::giveUp);
        if (!before.containsAll(targets)) {
            makeRoom();
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

    /** Gets nothing more for its pool. What is open stays open until the pool closes it. */
    @Override
    public void close() {
        closed = true;
        ledger.close(account, this);
        login.forget(retiring);
    }

    /** Aborts what the pool has left behind when it was closed. */
    public void abandon() {
        for (ServerConnection left : connections) {
            try {
                left.abort(Runnable::run);
            } catch (SQLException failure) {
                LOG.warn("A connection of {} could not be aborted", name, failure);
            }
        }
    }
}
