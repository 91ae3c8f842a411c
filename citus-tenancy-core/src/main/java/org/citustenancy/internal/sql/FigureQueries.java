package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.coalesce;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.condition;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.count;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.noCondition;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.not;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.when;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgRoles.PG_ROLES;
import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;
import static org.citustenancy.internal.sql.catalog.PgStatDatabase.PG_STAT_DATABASE;

import java.util.Optional;
import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Queries for the figures of all databases, which a node reports from any of them. Figures that a role may not read are
 * null.
 */
public final class FigureQueries {

    /** The size of a database in bytes. */
    public static final Field<Long> BYTES = field(name("bytes"), SQLDataType.BIGINT);

    /** The owner's name. */
    public static final Field<String> OWNER = field(name("owner"), SQLDataType.VARCHAR);

    /** The start of the counting, in microseconds since 1970. */
    public static final Field<Long> SINCE = field(name("since"), SQLDataType.BIGINT);

    /** The application's name, for a node's own sessions without the number of the session for which they work. */
    public static final Field<String> APPLICATION = field(name("application"), SQLDataType.VARCHAR);

    /** Whether another node opened the session. */
    public static final Field<Boolean> FROM_NODE = field(name("from_node"), SQLDataType.BOOLEAN);

    /** Whether the other properties of the sessions are hidden, including whether they are clients'. */
    public static final Field<Boolean> HIDDEN = field(name("hidden"), SQLDataType.BOOLEAN);

    /** The number of sessions. */
    public static final Field<Integer> SESSIONS = field(name("sessions"), SQLDataType.INTEGER);

    /** The maximum number of sessions on a node. */
    public static final Field<Integer> MAX_CONNECTIONS = field(name("max_connections"), SQLDataType.INTEGER);

    /** The number of them that is reserved for superusers, or for roles with a privilege for it. */
    public static final Field<Integer> RESERVED = field(name("reserved"), SQLDataType.INTEGER);

    private static final String CLIENT = "client backend";

    private FigureQueries() {}

    /**
     * Returns databases that are not templates, with their size and counters.
     *
     * @param only the database in question; absent for all
     * @return a row per database
     */
    public static Select<?> databases(Optional<String> only) {
        return select(
                        PG_DATABASE.name,
                        owner().as(OWNER),
                        PG_DATABASE.connectionLimit,
                        when(sizeIsVisible(), size()).as(BYTES),
                        PG_STAT_DATABASE.commits,
                        PG_STAT_DATABASE.rollbacks,
                        PG_STAT_DATABASE.blocksRead,
                        PG_STAT_DATABASE.blocksHit,
                        PG_STAT_DATABASE.temporaryFiles,
                        PG_STAT_DATABASE.temporaryBytes,
                        PG_STAT_DATABASE.deadlocks,
                        micros(PG_STAT_DATABASE.resetAt).as(SINCE))
                .from(PG_DATABASE)
                .leftJoin(PG_STAT_DATABASE)
                .on(PG_STAT_DATABASE.database.eq(PG_DATABASE.oid))
                .where(not(PG_DATABASE.template))
                .and(only.map(database -> PG_DATABASE.name.eq(inline(database))).orElse(noCondition()));
    }

    /**
     * Returns the clients' sessions, without the querying one.
     *
     * @param only the database in question; absent for all
     * @return a row per database, user, application and state
     */
    public static Select<?> sessions(Optional<String> only) {
        Field<String> application = field(
                "pg_catalog.regexp_replace({0}, '^(citus_[a-z_]+) gpid=[0-9]+$', '\\1')",
                SQLDataType.VARCHAR, PG_STAT_ACTIVITY.application);
        Field<Boolean> fromNode =
                field(condition("coalesce({0} ~ '^citus_[a-z_]+ gpid=', false)", PG_STAT_ACTIVITY.application));
        return select(
                        PG_STAT_ACTIVITY.database,
                        PG_STAT_ACTIVITY.user,
                        application.as(APPLICATION),
                        PG_STAT_ACTIVITY.state,
                        fromNode.as(FROM_NODE),
                        field(PG_STAT_ACTIVITY.backendType.isNull()).as(HIDDEN),
                        count().as(SESSIONS))
                .from(PG_STAT_ACTIVITY)
                .where(coalesce(PG_STAT_ACTIVITY.backendType, inline(CLIENT)).eq(inline(CLIENT)))
                .and(PG_STAT_ACTIVITY.pid.ne(Functions.ownProcess()))
                .and(only.map(database -> PG_STAT_ACTIVITY.database.eq(inline(database)))
                        .orElse(noCondition()))
                .groupBy(
                        PG_STAT_ACTIVITY.database,
                        PG_STAT_ACTIVITY.user,
                        application,
                        PG_STAT_ACTIVITY.state,
                        fromNode,
                        PG_STAT_ACTIVITY.backendType.isNull());
    }

    /**
     * Returns the maximum number of sessions on the node.
     *
     * @return one row
     */
    public static Select<?> limits() {
        return select(
                field("pg_catalog.current_setting('max_connections')::pg_catalog.int4", SQLDataType.INTEGER)
                        .as(MAX_CONNECTIONS),
                field(
                                "pg_catalog.current_setting('superuser_reserved_connections')::pg_catalog.int4 "
                                        + "+ coalesce(pg_catalog.current_setting('reserved_connections', true), '0')::pg_catalog.int4",
                                SQLDataType.INTEGER)
                        .as(RESERVED));
    }

    /**
     * Returns the roles with a connection limit.
     *
     * @return a row per role
     */
    public static Select<?> userLimits() {
        return select(PG_ROLES.name, PG_ROLES.connectionLimit)
                .from(PG_ROLES)
                .where(PG_ROLES.connectionLimit.ge(inline(0)));
    }

    /**
     * Returns the user who may create in a database, which in a project is only the owner; for another database, the
     * role that owns it.
     */
    static Field<String> owner() {
        return field(
                "pg_catalog.pg_get_userbyid(coalesce((select pg_catalog.min(x.grantee::pg_catalog.int8)::pg_catalog.oid "
                        + "from pg_catalog.aclexplode({0}) as x where x.privilege_type = 'CREATE' "
                        + "and x.grantee not in (0, {1})), {1}))",
                SQLDataType.VARCHAR, PG_DATABASE.acl, PG_DATABASE.owner);
    }

    /**
     * Returns the size, by number: a database that is dropped meanwhile has no size then, and by name it would be an
     * error.
     */
    static Field<Long> size() {
        return field("pg_catalog.pg_database_size({0})", SQLDataType.BIGINT, PG_DATABASE.oid);
    }

    static Condition sizeIsVisible() {
        return condition(
                "(pg_catalog.has_database_privilege({0}, 'CONNECT') "
                        + "or pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE'))",
                PG_DATABASE.oid);
    }

    static Field<Long> micros(Field<?> moment) {
        return field("(pg_catalog.date_part('epoch', {0}) * 1000000)::pg_catalog.int8", SQLDataType.BIGINT, moment);
    }
}
