package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.any;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.catalog.PgRoles.PG_ROLES;
import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Queries for the sessions whose locks another session waits for.
 *
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SESSION-TABLE">Session
 *     Information Functions</a>
 */
public final class BlockerQueries {

    /** The process of a session. */
    public static final Field<Integer> PROCESS = field(name("process"), SQLDataType.INTEGER);

    /** The start of the session's transaction, as text. */
    public static final Field<String> START = field(name("start"), SQLDataType.VARCHAR);

    /** The role of a session. */
    public static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);

    private BlockerQueries() {}

    /**
     * Returns the process of the session that queries.
     *
     * @return one row with {@link #PROCESS}
     */
    public static Select<?> ownProcess() {
        return select(Functions.ownProcess().as(PROCESS));
    }

    /**
     * Returns the sessions of users that hold, or await before it, what a session waits for. Superusers and the
     * temporary roles of the library are not users.
     *
     * @param waiting the process of the session that waits
     * @return a row per session, with {@link #PROCESS}, {@link #START} and {@link #ROLE}
     */
    public static Select<?> usersThatBlock(int waiting) {
        return select(PG_STAT_ACTIVITY.pid.as(PROCESS), start().as(START), PG_ROLES.name.as(ROLE))
                .from(PG_STAT_ACTIVITY)
                .join(PG_ROLES)
                .on(PG_ROLES.name.eq(PG_STAT_ACTIVITY.user))
                .where(PG_STAT_ACTIVITY.pid.eq(
                        any(Functions.call("pg_blocking_pids", SQLDataType.INTEGER.array(), inline(waiting)))))
                .and(PG_STAT_ACTIVITY.transactionStart.isNotNull())
                .and(PG_ROLES.superuser.isFalse())
                .and(Functions.call(
                                "starts_with",
                                SQLDataType.BOOLEAN,
                                PG_ROLES.name,
                                Sql.literal(RowRoleStatements.PREFIX))
                        .isFalse());
    }

    /**
     * Ends a session, unless its transaction has ended.
     *
     * @param start the {@link #START} of the transaction
     * @return a row with {@link #PROCESS} if it is being ended
     */
    public static Select<?> end(int process, String start) {
        return select(
                        PG_STAT_ACTIVITY.pid.as(PROCESS),
                        Functions.call("pg_terminate_backend", SQLDataType.BOOLEAN, PG_STAT_ACTIVITY.pid))
                .from(PG_STAT_ACTIVITY)
                .where(PG_STAT_ACTIVITY.pid.eq(inline(process)))
                .and(start().eq(Sql.literal(start)));
    }

    private static Field<String> start() {
        return PG_STAT_ACTIVITY.transactionStart.cast(SQLDataType.VARCHAR);
    }
}
