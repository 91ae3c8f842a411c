package org.citustenancy.hikari.internal.hikari;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.errors.ConnectionTimeoutException;
import org.citustenancy.hikari.errors.PoolClosedException;
import org.citustenancy.hikari.errors.ProjectUnavailableException;
import org.citustenancy.hikari.internal.budget.Ledger;
import org.citustenancy.hikari.internal.connections.PoolConnection;
import org.citustenancy.hikari.internal.connections.ServedPool;
import org.citustenancy.hikari.internal.connections.UnwantedException;
import org.citustenancy.hikari.internal.jdbc.PlainDataSource;
import org.citustenancy.hikari.pool.PoolName;

/** The data source of a pool for its borrowers. */
final class BorrowingDataSource extends PlainDataSource {

    private final PoolName name;
    private final ServedPool served;
    private final HikariDataSource pool;
    private final Ledger ledger;
    private final Function<String, Optional<Failure>> unavailable;
    private volatile boolean closed;

    BorrowingDataSource(
            PoolName name, ServedPool served, Ledger ledger, Function<String, Optional<Failure>> unavailable) {
        this.name = name;
        this.served = served;
        this.pool = served.source();
        this.ledger = ledger;
        this.unavailable = unavailable;
    }

    void close() {
        closed = true;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Optional<Failure> reason = unavailable.apply(name.project());
        if (reason.isPresent()) {
            throw new ProjectUnavailableException(name, reason.get());
        }
        long begin = System.nanoTime();
        return lent(begin, borrow(Optional.empty()), pool.getConnectionTimeout());
    }

    /** Borrows a connection, and waits no longer than this time and the pool's own time-out. */
    Connection getConnection(long millis) throws SQLException {
        long longest = Math.min(millis, pool.getConnectionTimeout());
        long begin = System.nanoTime();
        return lent(begin, borrow(Optional.of(longest)), longest);
    }

    private Connection lent(long begin, Connection first, long longestMillis) throws SQLException {
        Connection loan = first;
        while (true) {
            boolean lent = false;
            try {
                lent = loan.unwrap(PoolConnection.class).lend(loan);
            } finally {
                if (!lent) {
                    pool.evictConnection(loan);
                }
            }
            if (lent) {
                return loan;
            }
            long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            loan = borrow(Optional.of(Math.max(0, longestMillis - waited)));
        }
    }

    /**
     * Borrows a connection from HikariCP.
     *
     * @param millis the rest of the time-out, absent if it begins now
     */
    private Connection borrow(Optional<Long> millis) throws SQLException {
        if (closed) {
            throw new PoolClosedException(name);
        }
        try {
            return millis.isEmpty() ? pool.getConnection() : served.borrow(millis.get());
        } catch (SQLTransientConnectionException timeout) {
            throw explained(timeout, millis.orElseGet(pool::getConnectionTimeout));
        } catch (SQLException failure) {
            throw pool.isClosed() ? new PoolClosedException(name) : failure;
        }
    }

    private SQLException explained(SQLTransientConnectionException timeout, long millis) {
        if (closed) {
            return new PoolClosedException(name);
        }
        String own = served.total() + " of at most " + pool.getMaximumPoolSize() + " connections, " + served.idle()
                + " idle, and " + served.waiting() + " more threads wait";
        Throwable last = timeout.getCause();
        String reason = last == null || last instanceof UnwantedException
                ? ""
                : "; the last one could not be opened: " + last.getMessage();
        return new ConnectionTimeoutException(name, millis, own + reason, ledger.use(), timeout.getSQLState(), timeout);
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return type.isInstance(pool) ? type.cast(pool) : super.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return type.isInstance(pool) || super.isWrapperFor(type);
    }
}
