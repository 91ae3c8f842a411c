package org.citustenancy.hikari.internal.connections;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.citustenancy.hikari.errors.ProjectConnectionException;
import org.citustenancy.hikari.pool.PoolName;

/**
 * A server's refusal of a connection that a retry would not change.
 *
 * @param pool the pool of the connection
 * @param cause the server's error
 * @param credential the password that was used
 * @param nanos the time of the refusal
 */
record Refusal(PoolName pool, SQLException cause, Credential credential, long nanos) {

    /** The time for which the refusal is reused without another request to the server. */
    private static final long RECENT = TimeUnit.SECONDS.toNanos(1);

    static Refusal now(PoolName pool, SQLException cause, Credential credential) {
        return new Refusal(pool, cause, credential, System.nanoTime());
    }

    /** Returns whether a retry does not help: the password, the role, the grant, the database or the way is wrong. */
    static boolean isFinal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("28")
                || state.equals("3D000")
                || state.equals("42501")
                || ProjectConnectionException.isOfPooler(failure);
    }

    /** Returns whether the server refused the password. */
    static boolean isOfThePassword(SQLException failure) {
        return "28P01".equals(failure.getSQLState());
    }

    boolean isRecent() {
        return System.nanoTime() - nanos < RECENT;
    }

    SQLException exception() {
        return ProjectConnectionException.of(pool, cause);
    }
}
