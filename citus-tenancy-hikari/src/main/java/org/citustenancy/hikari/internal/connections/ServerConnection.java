package org.citustenancy.hikari.internal.connections;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Executor;
import org.citustenancy.hikari.internal.budget.Permit;
import org.citustenancy.hikari.internal.budget.Revocable;
import org.citustenancy.hikari.internal.housekeeping.PeriodicThread;
import org.citustenancy.hikari.internal.jdbc.JdbcUrl;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a server with a permit that is released when the connection is closed.
 *
 * <p>The ledger can revoke it without an effect on its borrower. HikariCP closes a connection softly if it is given the
 * last loan of the connection: at once if it is idle, or when it is returned if it is borrowed again. For that reason
 * this class keeps the last loan. It closes a connection that was never borrowed itself, and HikariCP discards that
 * connection instead of lending it.
 */
public final class ServerConnection extends PoolConnection implements Revocable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    private static final VarHandle LOAN;

    static {
        try {
            LOAN = MethodHandles.lookup().findVarHandle(ServerConnection.class, "loan", Object.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private static final String DISCARDED = "discarded";

    private final Permit permit;
    private final Target node;
    private final Backing pool;
    private final long maxUses;
    private long uses;
    private @Nullable Object loan;
    private volatile boolean givenUp;
    private volatile boolean watched;

    ServerConnection(Connection target, Permit permit, Target node, Backing pool, long maxUses) {
        super(target);
        this.permit = permit;
        this.node = node;
        this.pool = pool;
        this.maxUses = maxUses;
        this.watched = maxUses > 0;
    }

    /** Returns the node of the connection. */
    Target node() {
        return node;
    }

    /** Returns whether the connection was revoked, by any caller. */
    boolean isGivenUp() {
        return givenUp;
    }

    @Override
    public boolean lend(Connection newLoan) {
        Object before = loan;
        if (before == null) {
            // Either the revocation gets the connection now, or the borrower does.
            return LOAN.compareAndSet(this, null, newLoan) && (!watched || lendWatched(null));
        }
        if (before == DISCARDED) {
            return false;
        }
        // A release write is cheaper than a volatile write and sufficient: a revocation may detect the loan slightly
        // later.
        LOAN.setRelease(this, newLoan);
        return !watched || lendWatched((Connection) before);
    }

    private boolean lendWatched(@Nullable Connection before) {
        uses++;
        // A connection that was opened although the node is known to be down shows that it is up.
        if ((before != null && node.isDown()) || (maxUses > 0 && uses > maxUses)) {
            return false;
        }
        if (before != null && (givenUp || uses == maxUses)) {
            pool.evict(before);
        }
        return true;
    }

    @Override
    public boolean isIdle() {
        Object last = LOAN.getAcquire(this);
        return !(last instanceof Connection lent) || isOver(lent);
    }

    @Override
    public void giveUp() {
        givenUp = true;
        watched = true;
        Object last = LOAN.getAcquire(this);
        if (last == null) {
            discard();
        } else if (last instanceof Connection lent && isOver(lent)) {
            // HikariCP checks again whether the loan is over, and must not read an older state than this check.
            VarHandle.acquireFence();
            pool.evict(lent);
        }
    }

    private void discard() {
        if (LOAN.compareAndSet(this, null, DISCARDED)) {
            pool.discard(this::closePastThePool);
        }
    }

    private void closePastThePool() {
        try {
            super.close();
        } catch (SQLException failure) {
            LOG.warn("A revoked connection could not be closed properly", failure);
        } finally {
            ended();
        }
    }

    private boolean isDiscarded() {
        return LOAN.getAcquire(this) == DISCARDED;
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        if (isDiscarded()) {
            return false;
        }
        try (PeriodicThread.Wait wait = PeriodicThread.begin()) {
            return super.isValid(timeout);
        }
    }

    @Override
    public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
        // HikariCP sets a time-out before it checks whether the connection is valid.
        if (!isDiscarded()) {
            super.setNetworkTimeout(executor, milliseconds);
        }
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        return isDiscarded() ? 0 : super.getNetworkTimeout();
    }

    @Override
    public void keep() {
        givenUp = false;
        watched = maxUses > 0;
    }

    private static boolean isOver(Connection loan) {
        try {
            return loan.isClosed();
        } catch (SQLException failure) {
            throw new IllegalStateException("HikariCP does not say whether a connection was given back", failure);
        }
    }

    @Override
    public void close() throws SQLException {
        boolean wasDiscarded = isDiscarded();
        boolean lost = !wasDiscarded && target().isClosed();
        try (PeriodicThread.Wait wait = PeriodicThread.begin()) {
            super.close();
        } finally {
            ended();
            pool.removed(wasDiscarded);
        }
        if (lost) {
            node.suspect();
        }
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        super.abort(command -> executor.execute(() -> {
            try {
                // Otherwise the server continues the statement, and the connection still counts there.
                cancel();
                command.run();
            } finally {
                ended();
            }
        }));
        if (target().isClosed()) {
            ended();
        }
    }

    private boolean cancel() {
        try {
            target().unwrap(PGConnection.class).cancelQuery();
            return true;
        } catch (SQLException failure) {
            LOG.warn("A statement could not be cancelled before its connection was aborted", failure);
            return false;
        }
    }

    /**
     * Aborts the connection in this thread. Cancels its statement before, unless a server of the same address did not
     * take such a request.
     *
     * @param silent the servers that take no requests, to which this method adds
     */
    void cut(Set<String> silent) {
        try {
            String server = node.server();
            if (!isIdle() && !silent.contains(server) && !cancel()) {
                silent.add(server);
            }
            target().abort(Runnable::run);
        } catch (SQLException failure) {
            LOG.warn("A connection {} could not be aborted", this, failure);
        } finally {
            ended();
        }
    }

    private void ended() {
        permit.release();
        pool.closed(this);
    }

    /** Returns the target, for logs. */
    @Override
    public String toString() {
        return "to " + JdbcUrl.shown(node.jdbcUrl());
    }
}
