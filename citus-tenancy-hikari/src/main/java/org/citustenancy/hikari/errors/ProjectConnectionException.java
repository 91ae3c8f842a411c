package org.citustenancy.hikari.errors;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.Place;
import org.citustenancy.hikari.pool.PoolName;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the server rejects a pool's user and waiting does not help: a wrong password, a dropped project, a missing
 * grant. The SQLSTATE is the server's.
 */
public final class ProjectConnectionException extends SQLNonTransientConnectionException {

    private static final long serialVersionUID = 1L;

    /** protocol_violation, with which PgBouncer refuses what it does not forward. */
    private static final String PROTOCOL_VIOLATION = "08P01";

    private static final String NOT_FORWARDED = "unsupported startup parameter";

    private ProjectConnectionException(Failure failure, @Nullable String state, Throwable cause) {
        super(failure.toString(), state, cause);
    }

    /**
     * Checks whether a pooler such as PgBouncer refuses the settings with which a connection begins.
     *
     * @param failure the driver's exception
     * @return true if another attempt has the same result
     */
    public static boolean isOfPooler(SQLException failure) {
        return PROTOCOL_VIOLATION.equals(failure.getSQLState())
                && String.valueOf(failure.getMessage()).contains(NOT_FORWARDED);
    }

    /**
     * Creates an exception for the server's error.
     *
     * @param pool the pool
     * @param cause the driver's exception
     * @return an exception to throw to the borrower
     */
    public static ProjectConnectionException of(PoolName pool, SQLException cause) {
        Place place = Place.unknown().in(pool.project());
        String state = String.valueOf(cause.getSQLState());
        Failure failure =
                switch (state) {
                    case "28P01" ->
                        Failure.of("The server does not accept the password of \"" + pool.user() + "\"")
                                .fix("register the right password; other pools are not affected");
                    case "3D000" ->
                        Failure.of("The project \"" + pool.project() + "\" has no database any more, or never had one")
                                .fix("close its pools, or create the project");
                    case "42501" ->
                        Failure.of("\"" + pool.user() + "\" may not connect: " + cause.getMessage())
                                .fix("make it a user of the project, or use a pool of another user");
                    case PROTOCOL_VIOLATION ->
                        Failure.of(
                                        "A pooler between this pool and PostgreSQL does not forward the settings of the pool: "
                                                + cause.getMessage())
                                .fix(
                                        "set time-outs for the project's users instead of the pool, and use no pool for reads"
                                                + " there; or connect to PostgreSQL itself");
                    default ->
                        Failure.of("The server does not let \"" + pool.user() + "\" in: " + cause.getMessage())
                                .fix("check that the role exists and may log in, and the server's pg_hba.conf");
                };
        return new ProjectConnectionException(failure.where(place), cause.getSQLState(), cause);
    }
}
