package org.citustenancy.hikari.internal.connections;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.citustenancy.hikari.internal.budget.Account;
import org.citustenancy.hikari.internal.budget.Demand;
import org.citustenancy.hikari.internal.budget.Ledger;
import org.citustenancy.hikari.internal.budget.Permit;
import org.citustenancy.hikari.internal.jdbc.PlainDataSource;
import org.citustenancy.hikari.internal.nodes.WatchedNode;
import org.citustenancy.hikari.pool.PoolName;
import org.jspecify.annotations.Nullable;

/**
 * Where a pool of HikariCP gets its connections from: each by a permit of the budget, on one of the nodes, with the
 * password of the moment.
 */
public final class ConnectionSource extends PlainDataSource implements Demand, Backing, AutoCloseable {

    /** How long a password that was right is taken to be in the middle of a change, when it is refused. */
    private static final long ROTATION_MILLIS = 10_000;

    private final PoolName name;
    private final Login login;
    private final Opener opener;
    private final Route route;
    private final long maxUses;
    private final Ledger ledger;
    private final Account account;
    private final Set<ServerConnection> connections = ConcurrentHashMap.newKeySet();
    private final Runnable retiring = this::retireAll;
    private volatile @Nullable HikariDataSource pool;
    private volatile @Nullable Refusal refusal;

    /**
     * A source of no connection yet.
     *
     * @param name the pool's name
     * @param login the user
     * @param applicationName what the server shows
     * @param sessionOptions server settings as a command line has them, or nothing
     * @param targets the nodes
     * @param maxUses how often a connection is lent, 0 for without limit
     * @param ledger who may have connections
     */
    public ConnectionSource(
            PoolName name,
            Login login,
            String applicationName,
            String sessionOptions,
            List<Target> targets,
            long maxUses,
            Ledger ledger) {
        this.name = name;
        this.login = login;
        this.opener = new Opener(login.user(), applicationName, sessionOptions);
        this.route = new Route(targets);
        this.maxUses = maxUses;
        this.ledger = ledger;
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
        Credential credential = login.current();
        @Nullable ServerConnection opened = null;
        SQLException refused;
        try {
            opened = open(permit, credential);
            credential.proven();
            refusal = null;
            return login.current() == credential ? opened : discarded(opened);
        } catch (SQLException failure) {
            if (!Refusal.isFinal(failure)) {
                throw failure;
            }
            refused = failure;
        } finally {
            if (opened == null) {
                permit.release();
            }
        }
        boolean maybeRotating = credential.isProven() && Refusal.isOfThePassword(refused);
        long patience = maybeRotating ? ROTATION_MILLIS - credential.refusedMillis() : 0;
        if (login.awaitAnother(credential, patience, this::isWanted)) {
            return null;
        }
        if (patience > 0 && !isWanted()) {
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

    private static @Nullable PoolConnection discarded(ServerConnection outdated) throws SQLException {
        outdated.close();
        return null;
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
    public void evict(Connection endedLoan) {
        HikariDataSource served = pool;
        if (served != null) {
            served.evictConnection(endedLoan);
        }
    }

    @Override
    public void evictOnly() {
        if (connections.size() == 1) {
            retireAll();
        }
    }

    @Override
    public void closed(ServerConnection connection) {
        connections.remove(connection);
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
     *
     * @param node the node
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
        ledger.close(account, this);
        login.forget(retiring);
    }
}
