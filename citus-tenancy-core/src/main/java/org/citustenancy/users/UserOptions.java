package org.citustenancy.users;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Names;

/**
 * The options of a user. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * cluster.project("app_production")
 *         .withUser("app_user", Secret.of(appPassword))
 *         .withReadOnlyUser("dashboard", Secret.of(dashboardPassword),
 *                 options -> options.schemas("public", "sales").statementTimeout(Duration.ofSeconds(30)))
 *         .create();
 * }</pre>
 *
 * @param schemas the schemas with the tables of a read-write or read-only user
 * @param tables the tables of a table user
 * @param settings the parameters, by name, of every session of the user in this project
 * @param connectionLimit the maximum number of sessions of the role on a node, in all its projects together, because
 *     PostgreSQL counts them by role; -1 for no limit
 * @param validUntil the time until which the password is accepted, in all projects of the role
 */
public record UserOptions(
        List<String> schemas,
        List<TableGrant> tables,
        SortedMap<String, String> settings,
        OptionalInt connectionLimit,
        Optional<Instant> validUntil) {

    /** Uses the schema {@code public}, without limits. */
    public static final UserOptions STANDARD =
            new UserOptions(List.of("public"), List.of(), new TreeMap<>(), OptionalInt.empty(), Optional.empty());

    /** Copies the collections and checks the names. */
    public UserOptions {
        schemas = List.copyOf(schemas);
        tables = List.copyOf(tables);
        settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        validUntil = validUntil.map(moment -> moment.truncatedTo(ChronoUnit.MICROS));
        schemas.forEach(schema -> Names.identifier("schema", schema));
        if (connectionLimit.isPresent() && (connectionLimit.getAsInt() < -1 || connectionLimit.getAsInt() == 0)) {
            throw new InvalidRequestException(
                    Failure.of("A connection limit of " + connectionLimit.getAsInt() + " lets the user have no session")
                            .fix("give a positive number, or -1 for no limit"));
        }
    }

    /**
     * Sets the schemas whose tables the user can access.
     *
     * @param names the schemas, which need not exist yet
     * @return a copy
     */
    public UserOptions schemas(String... names) {
        return new UserOptions(List.of(names), tables, settings, connectionLimit, validUntil);
    }

    /**
     * Adds a table to a table user.
     *
     * @param grant the table with its privileges
     * @return a copy
     */
    public UserOptions table(TableGrant grant) {
        List<TableGrant> more = new ArrayList<>(tables);
        more.add(grant);
        return new UserOptions(schemas, more, settings, connectionLimit, validUntil);
    }

    /**
     * Sets a parameter for every session of the user in this project.
     *
     * @param name the parameter
     * @param value its value as in {@code postgresql.conf}
     * @return a copy
     */
    public UserOptions setting(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(settings);
        more.put(name, value);
        return new UserOptions(schemas, tables, more, connectionLimit, validUntil);
    }

    /**
     * Sets how long a statement may run.
     *
     * @param allowed the time, to the millisecond; zero for no limit
     * @return a copy
     */
    public UserOptions statementTimeout(Duration allowed) {
        return milliseconds("statement_timeout", allowed);
    }

    /**
     * Sets how long a statement may wait for a lock.
     *
     * @param allowed the time, to the millisecond; zero for no limit
     * @return a copy
     */
    public UserOptions lockTimeout(Duration allowed) {
        return milliseconds("lock_timeout", allowed);
    }

    /**
     * Sets how long a session may be idle inside a transaction.
     *
     * @param allowed the time, to the millisecond; zero for no limit
     * @return a copy
     */
    public UserOptions idleInTransactionTimeout(Duration allowed) {
        return milliseconds("idle_in_transaction_session_timeout", allowed);
    }

    private UserOptions milliseconds(String name, Duration allowed) {
        if (allowed.isNegative() || (!allowed.isZero() && allowed.toMillis() == 0)) {
            throw new InvalidRequestException(Failure.of("The " + name + " cannot be " + allowed)
                    .fix("give at least a millisecond, or zero for no limit"));
        }
        return setting(name, Long.toString(allowed.toMillis()));
    }

    /**
     * Sets the maximum number of sessions of the role on a node.
     *
     * @param sessions the number, in all its projects together; -1 for no limit
     * @return a copy
     */
    public UserOptions connectionLimit(int sessions) {
        return new UserOptions(schemas, tables, settings, OptionalInt.of(sessions), validUntil);
    }

    /**
     * Sets the time until which the password is accepted.
     *
     * @param moment the time, to the microsecond
     * @return a copy
     */
    public UserOptions validUntil(Instant moment) {
        return new UserOptions(schemas, tables, settings, connectionLimit, Optional.of(moment));
    }
}
