package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.noCondition;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.when;
import static org.citustenancy.internal.sql.catalog.CitusStatTenantsLocal.CITUS_STAT_TENANTS_LOCAL;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;
import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.SelectJoinStep;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.internal.sql.catalog.PgStatActivity;

/** Queries for the current activity of a node's sessions, and for their most expensive statements. */
public final class ActivityQueries {

    /** The number that identifies a session of the cluster on all nodes, null without Citus. */
    public static final Field<Long> GLOBAL_PID = field(name("global_pid"), SQLDataType.BIGINT);

    /** Whether the session works for a session on another node. */
    public static final Field<Boolean> FOR_NODE = field(name("for_node"), SQLDataType.BOOLEAN);

    /** The duration of the state, in microseconds. */
    public static final Field<Long> MICROS = field(name("micros"), SQLDataType.BIGINT);

    /** The prefix of the fields of the blocking session. */
    public static final String BLOCKER = "blocker_";

    /** The schema of an extension. */
    public static final Field<String> SCHEMA = field(name("schema"), SQLDataType.VARCHAR);

    /** A statement without its values. */
    public static final Field<String> STATEMENT = field(name("statement"), SQLDataType.VARCHAR);

    /** How often it ran. */
    public static final Field<Long> CALLS = field(name("calls"), SQLDataType.BIGINT);

    /** How many rows it returned or changed. */
    public static final Field<Long> ROWS = field(name("rows"), SQLDataType.BIGINT);

    /** The value of a setting. */
    public static final Field<String> SETTING = field(name("setting"), SQLDataType.VARCHAR);

    private static final PgStatActivity BLOCKING = PG_STAT_ACTIVITY.named("blocking");

    private ActivityQueries() {}

    /**
     * Returns statements that run, and transactions that are open, for longer than the given time, from the same views
     * that {@code citus_stat_activity} queries on each node.
     *
     * @param citus whether the database has Citus
     * @param atLeast the time
     * @return a row per session
     */
    public static Select<?> running(boolean citus, Duration atLeast) {
        Field<?> start = when(PG_STAT_ACTIVITY.state.eq(inline("active")), PG_STAT_ACTIVITY.queryStart)
                .otherwise(PG_STAT_ACTIVITY.transactionStart);
        return withGlobalPid(citus, select(session(citus, start)).from(PG_STAT_ACTIVITY), "t", PG_STAT_ACTIVITY)
                .where(PG_STAT_ACTIVITY.backendType.eq(inline("client backend")))
                .and(PG_STAT_ACTIVITY.state.ne(inline("idle")))
                .and(PG_STAT_ACTIVITY.pid.ne(Functions.ownProcess()))
                .and(since(start).ge(inline(TimeUnit.NANOSECONDS.toMicros(atLeast.toNanos()))));
    }

    /**
     * Returns the sessions that wait for a lock, with the sessions that block them.
     *
     * @param citus whether the database has Citus
     * @return a row per pair of sessions, with the fields of the second one under {@link #BLOCKER}
     */
    public static Select<?> lockWaits(boolean citus) {
        Table<?> blockers =
                table("lateral pg_catalog.unnest(pg_catalog.pg_blocking_pids({0})) as p(pid)", PG_STAT_ACTIVITY.pid);
        SelectJoinStep<?> pairs = select(session(citus, PG_STAT_ACTIVITY.queryStart))
                .select(
                        blocker(field(name("p", "pid"), SQLDataType.INTEGER), PG_STAT_ACTIVITY.pid),
                        blocker(globalPid(citus, "b"), GLOBAL_PID),
                        blocker(forNode(citus, "b"), FOR_NODE),
                        blocker(BLOCKING.database, PG_STAT_ACTIVITY.database),
                        blocker(BLOCKING.user, PG_STAT_ACTIVITY.user),
                        blocker(BLOCKING.application, PG_STAT_ACTIVITY.application),
                        blocker(BLOCKING.state, PG_STAT_ACTIVITY.state),
                        blocker(BLOCKING.waitType, PG_STAT_ACTIVITY.waitType),
                        blocker(BLOCKING.waitEvent, PG_STAT_ACTIVITY.waitEvent),
                        blocker(BLOCKING.query, PG_STAT_ACTIVITY.query),
                        blocker(since(BLOCKING.transactionStart), MICROS))
                .from(PG_STAT_ACTIVITY)
                .crossJoin(blockers)
                .leftJoin(BLOCKING)
                .on(BLOCKING.pid.eq(field(name("p", "pid"), SQLDataType.INTEGER)));
        return withGlobalPid(citus, withGlobalPid(citus, pairs, "t", PG_STAT_ACTIVITY), "b", BLOCKING)
                .where(PG_STAT_ACTIVITY.waitType.eq(inline("Lock")));
    }

    private static List<Field<?>> session(boolean citus, Field<?> start) {
        return List.of(
                PG_STAT_ACTIVITY.pid,
                globalPid(citus, "t").as(GLOBAL_PID),
                forNode(citus, "t").as(FOR_NODE),
                PG_STAT_ACTIVITY.database,
                PG_STAT_ACTIVITY.user,
                PG_STAT_ACTIVITY.application,
                PG_STAT_ACTIVITY.state,
                PG_STAT_ACTIVITY.waitType,
                PG_STAT_ACTIVITY.waitEvent,
                PG_STAT_ACTIVITY.query,
                since(start).as(MICROS));
    }

    /**
     * Returns the schema of an extension.
     *
     * @return a row if the database has it
     */
    public static Select<?> schemaOf(String extension) {
        return select(PG_NAMESPACE.name.as(SCHEMA))
                .from(PG_EXTENSION)
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_EXTENSION.namespace))
                .where(PG_EXTENSION.name.eq(inline(extension)));
    }

    /**
     * Returns the statements with the longest total time.
     *
     * @param schema the schema of {@code pg_stat_statements}
     * @param only the database in question; absent for all
     * @param limit how many
     * @return a row per statement
     */
    public static Select<?> topStatements(String schema, Optional<String> only, int limit) {
        Field<Double> millis = field(name("s", "total_exec_time"), SQLDataType.DOUBLE);
        return select(
                        PG_DATABASE.name.as(PG_STAT_ACTIVITY.database.getName()),
                        field("pg_catalog.pg_get_userbyid({0})", SQLDataType.VARCHAR, field(name("s", "userid")))
                                .as(PG_STAT_ACTIVITY.user.getName()),
                        field(name("s", "query"), SQLDataType.VARCHAR).as(STATEMENT),
                        field(name("s", "calls"), SQLDataType.BIGINT).as(CALLS),
                        field(name("s", "rows"), SQLDataType.BIGINT).as(ROWS),
                        field("({0} * 1000)::pg_catalog.int8", SQLDataType.BIGINT, millis)
                                .as(MICROS))
                .from(table(name(schema, "pg_stat_statements")).as("s"))
                .join(PG_DATABASE)
                .on(PG_DATABASE.oid.eq(field(name("s", "dbid"), SQLDataType.BIGINT)))
                .where(only.map(database -> PG_DATABASE.name.eq(inline(database)))
                        .orElse(noCondition()))
                .orderBy(millis.desc())
                .limit(inline(limit));
    }

    /**
     * Checks whether Citus tracks tenants.
     *
     * @return one row
     */
    public static Select<?> tenantTracking() {
        return select(field("pg_catalog.current_setting('citus.stat_tenants_track', true)", SQLDataType.VARCHAR)
                .as(SETTING));
    }

    /**
     * Returns the tenants of the current database for which this node has counters.
     *
     * @return a row per colocation group and tenant
     */
    public static Select<?> tenants() {
        return DSL.selectFrom(CITUS_STAT_TENANTS_LOCAL);
    }

    private static Field<?> blocker(Field<?> value, Field<?> named) {
        return value.as(BLOCKER + named.getName());
    }

    private static SelectJoinStep<?> withGlobalPid(
            boolean citus, SelectJoinStep<?> sessions, String alias, PgStatActivity activity) {
        return citus
                ? sessions.leftJoin(table("pg_catalog.get_all_active_transactions()")
                                .as(alias))
                        .on(field(name(alias, "process_id"), SQLDataType.INTEGER)
                                .eq(activity.pid))
                : sessions;
    }

    private static Field<Long> globalPid(boolean citus, String alias) {
        return citus
                ? field(name(alias, "global_pid"), SQLDataType.BIGINT)
                : field("null::pg_catalog.int8", SQLDataType.BIGINT);
    }

    private static Field<Boolean> forNode(boolean citus, String alias) {
        return citus
                ? field("coalesce({0}, false)", SQLDataType.BOOLEAN, field(name(alias, "worker_query")))
                : field("false", SQLDataType.BOOLEAN);
    }

    private static Field<Long> since(Field<?> start) {
        return field(
                "(pg_catalog.date_part('epoch', pg_catalog.clock_timestamp() - {0}) * 1000000)::pg_catalog.int8",
                SQLDataType.BIGINT, start);
    }
}
