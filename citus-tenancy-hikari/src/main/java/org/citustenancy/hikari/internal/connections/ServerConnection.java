package org.citustenancy.hikari.internal.connections;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import org.citustenancy.hikari.internal.budget.Permit;
import org.citustenancy.hikari.internal.budget.Revocable;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a server, held by a permit that is released when it is closed.
 *
 * <p>It can be asked back without its borrower noticing. HikariCP closes a connection softly if it is shown the loan by
 * which it was lent before: at once if it is idle, when it comes back if it is lent again. So the last loan is kept here.
 */
public final class ServerConnection extends PoolConnection implements Revocable {

    private static final Logger LOG = LoggerFactory.getLogger(ServerConnection.class);

    private static final VarHandle LOAN;

    static {
        try {
            LOAN = MethodHandles.lookup().findVarHandle(ServerConnection.class, "loan", Connection.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final Permit permit;
    private final Target node;
    private final Backing pool;
    private final long maxUses;
    private long uses;
    private @Nullable Connection loan;
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

    /** Where it is connected to. */
    Target node() {
        return node;
    }

    /** Whether it was asked back, by whomever. */
    boolean isGivenUp() {
        return givenUp;
    }

    @Override
    public boolean lend(Connection newLoan) {
        Connection before = loan;
        // Cheaper than a volatile write, and enough: whoever asks for it back may be late by a moment.
        LOAN.setRelease(this, newLoan);
        return !watched || lendWatched(before);
    }

    private boolean lendWatched(@Nullable Connection before) {
        uses++;
        if (node.isDown() || (maxUses > 0 && uses > maxUses)) {
            return false;
        }
        if (before != null && (givenUp || uses == maxUses)) {
            pool.evict(before);
        }
        return true;
    }

    @Override
    public boolean isIdle() {
        Connection last = (Connection) LOAN.getAcquire(this);
        return last == null || isOver(last);
    }

    @Override
    public void giveUp() {
        givenUp = true;
        watched = true;
        Connection last = (Connection) LOAN.getAcquire(this);
        if (last == null) {
            pool.evictOnly();
        } else if (isOver(last)) {
            // HikariCP asks once more whether the loan is over, and must not see less than was seen here.
            VarHandle.acquireFence();
            pool.evict(last);
        }
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
        boolean lost = target().isClosed();
        try {
            super.close();
        } finally {
            ended();
        }
        if (lost) {
            node.suspect();
        }
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        super.abort(command -> executor.execute(() -> {
            try {
                // Or else the server goes on with the statement, and the connection still counts there.
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

    private void cancel() {
        try {
            target().unwrap(PGConnection.class).cancelQuery();
        } catch (SQLException failure) {
            LOG.warn("A statement could not be cancelled before its connection was aborted", failure);
        }
    }

    private void ended() {
        permit.release();
        pool.closed(this);
    }

    /** For logs: where it goes. */
    @Override
    public String toString() {
        return "to " + node.jdbcUrl();
    }
}
