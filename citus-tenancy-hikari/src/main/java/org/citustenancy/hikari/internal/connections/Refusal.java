package org.citustenancy.hikari.internal.connections;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.citustenancy.hikari.errors.ProjectConnectionException;
import org.citustenancy.hikari.pool.PoolName;

/**
 * A server refused a connection, and would again.
 *
 * @param pool whose connection it was
 * @param cause what the server said
 * @param credential the password that was shown
 * @param nanos when it was
 */
record Refusal(PoolName pool, SQLException cause, Credential credential, long nanos) {

    /** So long the server is not asked again. */
    private static final long RECENT = TimeUnit.SECONDS.toNanos(1);

    static Refusal now(PoolName pool, SQLException cause, Credential credential) {
        return new Refusal(pool, cause, credential, System.nanoTime());
    }

    /** Whether waiting and trying again would not help: the password, the role, the grant or the database is wrong. */
    static boolean isFinal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.startsWith("28") || state.equals("3D000") || state.equals("42501");
    }

    /** Whether it was the password. */
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
