package org.citustenancy.internal.session;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InsufficientPrivilegeException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.errors.Place;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.shaded.jooq.exception.DataAccessException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Converts exceptions of the driver to exceptions of this library.
 *
 * <p>The statement's text (which jOOQ includes in its exceptions) is omitted on purpose, because it can contain a
 * password.
 */
final class SqlFailures {

    private static final String PASSWORD_REFUSED = "28P01";

    private SqlFailures() {}

    static RuntimeException translate(DataAccessException failure, Place place) {
        SQLException cause = failure.getCause(SQLException.class);
        return cause == null ? failure : translate(cause, place);
    }

    static RuntimeException translate(SQLException thrown, Place place) {
        SQLException failure = serverError(thrown);
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        if (state.startsWith("08") || state.startsWith("57P")) {
            return new ConnectionException(
                    Failure.of("The connection was lost: " + text(failure))
                            .where(place)
                            .state("what the steps before did stands")
                            .fix("see why the server ended it, and run the request again"),
                    failure);
        }
        return new ServerErrorException(state, text(failure), place);
    }

    /** Returns the driver's exception, without the statement that a batch or jOOQ adds. */
    private static SQLException serverError(SQLException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException failure) {
                return failure;
            }
        }
        return thrown;
    }

    /** Checks whether another password may help. */
    static boolean isPasswordRefused(ConnectionException failure) {
        return failure.getCause() instanceof SQLException cause && PASSWORD_REFUSED.equals(cause.getSQLState());
    }

    /** Returns the exception for a connection that could not be opened. */
    static CitusTenancyException opening(SQLException failure, Place place, String user) {
        String state = failure.getSQLState() == null ? "" : failure.getSQLState();
        Failure what =
                switch (state) {
                    case PASSWORD_REFUSED ->
                        Failure.of("The server does not accept the password of \"" + user + "\"")
                                .fix("give the right password; if it was changed, that is the new one");
                    case "28000" ->
                        Failure.of("The server does not let \"" + user + "\" in: " + text(failure))
                                .fix("check that the role exists and may log in, and the server's pg_hba.conf");
                    // Only a superuser may change some of the settings with which an admin's session starts.
                    case "42501" ->
                        Failure.of("The admin is not a superuser")
                                .fix("connect as one; Citus lets only superusers register nodes");
                    case "3D000" -> Failure.of("There is no such database").fix("check the name");
                    case "53300" ->
                        Failure.of("The server has no connection left").fix("close some, or raise max_connections");
                    case "55000" ->
                        Failure.of("The database accepts no connections now: " + text(failure))
                                .fix("wait while it is being copied or dropped; otherwise call repair()");
                    case "08P01" ->
                        Failure.of("The server does not accept how this library connects: " + text(failure))
                                .fix(
                                        "connect to PostgreSQL itself; a pooler such as PgBouncer does not forward the settings"
                                                + " that protect an admin's session");
                    case "57P03" ->
                        Failure.of("The server is starting up or shutting down").fix("try again when it is up");
                    default ->
                        unknownHost(failure)
                                .orElseGet(() -> Failure.of("The server cannot be reached: " + text(failure))
                                        .fix("check the address, that the server runs, and that it listens there"));
                };
        return switch (state) {
            case "3D000" -> new NotFoundException(what.where(place), failure);
            case "42501" -> new InsufficientPrivilegeException(what.where(place), failure);
            default -> new ConnectionException(what.where(place), failure);
        };
    }

    private static Optional<Failure> unknownHost(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException unknown) {
                return Optional.of(Failure.of("The host is unknown here: " + unknown.getMessage())
                        .fix("check the name, and that this machine resolves it"));
            }
        }
        return Optional.empty();
    }

    /** Returns the exception for a calling thread that was interrupted. */
    static OperationInterruptedException interrupted(Exception cause, Place place) {
        return new OperationInterruptedException(
                Failure.of("The calling thread was interrupted while it waited for the server")
                        .where(place)
                        .state("what the steps before did stands")
                        .fix("run the request again to finish it"),
                cause);
    }

    /** Returns the message, detail and hint of the server, never the statement. */
    private static String text(SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        if (server == null || server.getMessage() == null) {
            return String.valueOf(failure.getMessage());
        }
        StringBuilder text = new StringBuilder(server.getMessage());
        if (server.getDetail() != null) {
            text.append("; ").append(server.getDetail());
        }
        if (server.getHint() != null) {
            text.append("; ").append(server.getHint());
        }
        return text.toString();
    }
}
