package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.concat;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.not;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectDistinct;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.when;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDistBackgroundTask.PG_DIST_BACKGROUND_TASK;
import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;
import static org.citustenancy.internal.sql.catalog.PgPreparedXacts.PG_PREPARED_XACTS;
import static org.citustenancy.internal.sql.catalog.PgReplicationSlots.PG_REPLICATION_SLOTS;
import static org.citustenancy.internal.sql.catalog.PgRoles.PG_ROLES;
import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;
import static org.citustenancy.internal.sql.catalog.PgSubscription.PG_SUBSCRIPTION;

import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for what keeps projects awake. */
public final class SuspensionQueries {

    /** The database. */
    public static final Field<String> DATABASE = field(name("database"), SQLDataType.VARCHAR);

    /** The kind of what keeps it awake: one of the constants of this class. */
    public static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);

    /** Its name: of a session the user and the application. */
    public static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR);

    /** A maintenance daemon of Citus. */
    public static final String DAEMON = "daemon";

    /** A session of a client. */
    public static final String CLIENT = "client";

    /** Another process. */
    public static final String PROCESS = "process";

    /** A prepared transaction. */
    public static final String PREPARED = "prepared";

    /** A logical replication slot. */
    public static final String SLOT = "slot";

    /** A subscription. */
    public static final String SUBSCRIPTION = "subscription";

    /** The unfinished work that the recovery of distributed transactions removes. */
    public static final String COMMIT_RECORDS = "commit records of distributed transactions";

    private SuspensionQueries() {}

    /**
     * Returns what keeps databases awake, without sessions that maintenance daemons of other nodes have opened, and
     * without processes that PostgreSQL starts and ends by itself. Any client can choose the application name of a
     * daemon's session, but only a superuser is believed to be one.
     *
     * @return a row for each
     */
    public static Select<?> use() {
        Field<String> type = PG_STAT_ACTIVITY.backendType;
        Condition isClient = type.eq(inline("client backend"));
        Condition ofDaemon = PG_STAT_ACTIVITY
                .application
                .like(inline("citus\\_internal%"))
                .and(PG_STAT_ACTIVITY.user.in(
                        select(PG_ROLES.name).from(PG_ROLES).where(PG_ROLES.superuser)));
        Condition isDaemon = type.like(inline("Citus Maintenance Daemon%"));
        return selectDistinct(
                        PG_STAT_ACTIVITY.database.as(DATABASE),
                        when(isDaemon, inline(DAEMON))
                                .when(isClient, inline(CLIENT))
                                .otherwise(inline(PROCESS))
                                .as(KIND),
                        when(
                                        isClient,
                                        concat(
                                                PG_STAT_ACTIVITY.user,
                                                inline(" ("),
                                                PG_STAT_ACTIVITY.application,
                                                inline(")")))
                                .otherwise(type)
                                .as(NAME))
                .from(PG_STAT_ACTIVITY)
                .where(PG_STAT_ACTIVITY.database.isNotNull())
                .and(type.notIn(inline("autovacuum worker"), inline("parallel worker")))
                .and(not(isClient.and(ofDaemon)))
                .unionAll(select(PG_PREPARED_XACTS.database, inline(PREPARED), PG_PREPARED_XACTS.gid)
                        .from(PG_PREPARED_XACTS))
                .unionAll(select(PG_REPLICATION_SLOTS.database, inline(SLOT), PG_REPLICATION_SLOTS.name)
                        .from(PG_REPLICATION_SLOTS)
                        .where(PG_REPLICATION_SLOTS.database.isNotNull()))
                .unionAll(select(PG_DATABASE.name, inline(SUBSCRIPTION), PG_SUBSCRIPTION.name)
                        .from(PG_SUBSCRIPTION)
                        .join(PG_DATABASE)
                        .on(PG_DATABASE.oid.eq(PG_SUBSCRIPTION.database)));
    }

    /**
     * Returns the work that the maintenance daemon of the current database has left.
     *
     * @return a row per kind, with {@link #NAME}
     */
    public static Select<?> unfinishedWork() {
        return select(inline(COMMIT_RECORDS).as(NAME))
                .whereExists(select(inline(1)).from(table(name("pg_catalog", "pg_dist_transaction"))))
                .unionAll(select(inline("leftovers of shard moves (pg_dist_cleanup)"))
                        .whereExists(select(inline(1)).from(table(name("pg_catalog", "pg_dist_cleanup")))))
                .unionAll(select(inline("background tasks of Citus"))
                        .whereExists(select(inline(1))
                                .from(PG_DIST_BACKGROUND_TASK)
                                .where(PG_DIST_BACKGROUND_TASK
                                        .status
                                        .cast(SQLDataType.VARCHAR)
                                        .notIn(
                                                inline("done"),
                                                inline("cancelled"),
                                                inline("error"),
                                                inline("unscheduled")))))
                .unionAll(select(inline("metadata that is not on all nodes yet"))
                        .whereExists(select(inline(1))
                                .from(PG_DIST_NODE)
                                .where(PG_DIST_NODE.metadata)
                                .and(PG_DIST_NODE.active)
                                .and(not(PG_DIST_NODE.synced))));
    }
}
