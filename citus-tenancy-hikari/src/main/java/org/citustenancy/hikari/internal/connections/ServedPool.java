package org.citustenancy.hikari.internal.connections;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * A running pool of HikariCP, with the two requests that HikariCP's public API lacks. Only this class uses them: they
 * are methods of {@link HikariPool}, a public class that HikariCP does not declare as API. Versions 7.0 and 7.1
 * have them.
 */
public final class ServedPool {

    private final HikariDataSource source;
    private final HikariPool pool;

    /**
     * Wraps a pool that was started.
     *
     * @throws IllegalArgumentException if this version of HikariCP has other pools
     */
    public ServedPool(HikariDataSource started) {
        if (!(started.getHikariPoolMXBean() instanceof HikariPool known)) {
            throw new IllegalArgumentException(
                    "this version of HikariCP has no " + HikariPool.class.getSimpleName() + "; use 7.0 or 7.1");
        }
        this.source = started;
        this.pool = known;
    }

    /** Returns the data source. */
    public HikariDataSource source() {
        return source;
    }

    /**
     * Borrows a connection.
     *
     * @param millis how long to wait for one, instead of the pool's own time-out
     */
    public Connection borrow(long millis) throws SQLException {
        return pool.getConnection(millis);
    }

    /** Lets the pool open a connection if threads wait for one and none is being opened for them. */
    void openForWaiting() {
        pool.addBagItem(waiting());
    }

    /** Returns the number of idle connections. */
    public int idle() {
        return pool.getIdleConnections();
    }

    /** Returns the number of connections. */
    public int total() {
        return pool.getTotalConnections();
    }

    /** Returns the number of borrowed connections. */
    public int borrowed() {
        return pool.getActiveConnections();
    }

    /** Returns the number of waiting threads. */
    public int waiting() {
        return pool.getThreadsAwaitingConnection();
    }

    /** Closes idle connections now, and borrowed ones when they are returned. */
    public void evictAll() {
        pool.softEvictConnections();
    }
}
