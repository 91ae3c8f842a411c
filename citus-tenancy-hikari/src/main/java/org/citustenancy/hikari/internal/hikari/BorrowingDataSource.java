package org.citustenancy.hikari.internal.hikari;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.function.Function;
import org.citustenancy.errors.Failure;
import org.citustenancy.hikari.errors.ConnectionTimeoutException;
import org.citustenancy.hikari.errors.PoolClosedException;
import org.citustenancy.hikari.errors.ProjectUnavailableException;
import org.citustenancy.hikari.internal.budget.Ledger;
import org.citustenancy.hikari.internal.connections.PoolConnection;
import org.citustenancy.hikari.internal.connections.UnwantedException;
import org.citustenancy.hikari.internal.jdbc.PlainDataSource;
import org.citustenancy.hikari.pool.PoolName;

/** The data source of a pool for its borrowers. */
final class BorrowingDataSource extends PlainDataSource {

    private final PoolName name;
    private final HikariDataSource pool;
    private final Ledger ledger;
    private final Function<String, Optional<Failure>> unavailable;
    private volatile boolean closed;

    BorrowingDataSource(
            PoolName name, HikariDataSource pool, Ledger ledger, Function<String, Optional<Failure>> unavailable) {
        this.name = name;
        this.pool = pool;
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
        while (true) {
            Connection loan = borrow();
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
        }
    }

    private Connection borrow() throws SQLException {
        if (closed) {
            throw new PoolClosedException(name);
        }
        try {
            return pool.getConnection();
        } catch (SQLTransientConnectionException timeout) {
            throw explained(timeout);
        } catch (SQLException failure) {
            throw pool.isClosed() ? new PoolClosedException(name) : failure;
        }
    }

    private SQLException explained(SQLTransientConnectionException timeout) {
        if (closed) {
            return new PoolClosedException(name);
        }
        HikariPoolMXBean figures = pool.getHikariPoolMXBean();
        String own = figures.getTotalConnections() + " of at most " + pool.getMaximumPoolSize() + " connections, "
                + figures.getIdleConnections() + " idle, and " + figures.getThreadsAwaitingConnection()
                + " more threads wait";
        Throwable last = timeout.getCause();
        String reason = last == null || last instanceof UnwantedException
                ? ""
                : "; the last one could not be opened: " + last.getMessage();
        return new ConnectionTimeoutException(
                name, pool.getConnectionTimeout(), own + reason, ledger.use(), timeout.getSQLState(), timeout);
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
