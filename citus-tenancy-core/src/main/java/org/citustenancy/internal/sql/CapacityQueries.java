package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.coalesce;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.count;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.row;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.values;
import static org.citustenancy.internal.sql.catalog.PgPreparedXacts.PG_PREPARED_XACTS;
import static org.citustenancy.internal.sql.catalog.PgStatActivity.PG_STAT_ACTIVITY;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for the free capacity of a node. */
public final class CapacityQueries {

    /** The setting with the maximum number of background processes. */
    public static final String PROCESSES = "max_worker_processes";

    /** The setting with the maximum number of client connections. */
    public static final String CONNECTIONS = "max_connections";

    /** The setting with the number of connections for superusers. */
    public static final String FOR_SUPERUSERS = "superuser_reserved_connections";

    /** The setting with the number of connections for roles with the privilege to use them; since PostgreSQL 16. */
    public static final String RESERVED = "reserved_connections";

    /** The setting with the maximum number of prepared transactions. */
    public static final String PREPARED = "max_prepared_transactions";

    /** A setting's name. */
    public static final Field<String> SETTING = field(name("setting"), SQLDataType.VARCHAR);

    /** The value of the setting. */
    public static final Field<String> VALUE = field(name("value"), SQLDataType.VARCHAR);

    /** The kind of process. */
    public static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);

    /** The database, empty for a process that is in none. */
    public static final Field<String> DATABASE = field(name("database"), SQLDataType.VARCHAR);

    /** The number. */
    public static final Field<Integer> NUMBER = field(name("number"), SQLDataType.INTEGER);

    /** The size of all databases. */
    public static final Field<Long> BYTES = field(name("bytes"), SQLDataType.BIGINT);

    /** The free space on the disk. */
    public static final Field<Long> FREE = field(name("available_disk_size"), SQLDataType.BIGINT);

    /** The size of the disk. */
    public static final Field<Long> DISK = field(name("total_disk_size"), SQLDataType.BIGINT);

    /** The identifier of a prepared transaction, which its owner chose. */
    public static final Field<String> TRANSACTION = field(name("gid"), SQLDataType.VARCHAR);

    /** The role that prepared it. */
    public static final Field<String> OWNER = field(name("owner"), SQLDataType.VARCHAR);

    /** Its age in seconds. */
    public static final Field<Long> SECONDS = field(name("seconds"), SQLDataType.BIGINT);

    /** The number of maintenance daemons. */
    public static final Field<Integer> DAEMONS = field(name("daemons"), SQLDataType.INTEGER);

    private static final String DAEMON_LIKE = "Citus Maintenance Daemon%";

    private CapacityQueries() {}

    /**
     * Returns the settings.
     *
     * @return a row per setting that the node has
     */
    public static Select<?> settings() {
        // The view would compute every setting of the server.
        Table<?> wanted = values(
                        row(inline(PROCESSES)),
                        row(inline(CONNECTIONS)),
                        row(inline(FOR_SUPERUSERS)),
                        row(inline(RESERVED)),
                        row(inline(PREPARED)))
                .as("wanted", SETTING.getName());
        Field<String> value = field("pg_catalog.current_setting({0}, true)", SQLDataType.VARCHAR, SETTING);
        return select(SETTING, value.as(VALUE)).from(wanted).where(value.isNotNull());
    }

    /**
     * Returns the processes by kind and database.
     *
     * @return a row per kind and database
     */
    public static Select<?> processes() {
        return select(
                        coalesce(PG_STAT_ACTIVITY.backendType, inline("")).as(KIND),
                        coalesce(PG_STAT_ACTIVITY.database, inline("")).as(DATABASE),
                        count().as(NUMBER))
                .from(PG_STAT_ACTIVITY)
                .groupBy(PG_STAT_ACTIVITY.backendType, PG_STAT_ACTIVITY.database);
    }

    /**
     * Returns the prepared transactions.
     *
     * @return a row per transaction, with {@link #TRANSACTION}, {@link #DATABASE}, {@link #OWNER} and {@link #SECONDS}
     */
    public static Select<?> preparedTransactions() {
        return select(
                        PG_PREPARED_XACTS.gid.as(TRANSACTION),
                        PG_PREPARED_XACTS.database.as(DATABASE),
                        PG_PREPARED_XACTS.owner.as(OWNER),
                        field(
                                        "extract(epoch from pg_catalog.clock_timestamp() - {0})",
                                        SQLDataType.NUMERIC, PG_PREPARED_XACTS.preparedAt)
                                .cast(SQLDataType.BIGINT)
                                .as(SECONDS))
                .from(PG_PREPARED_XACTS)
                .orderBy(PG_PREPARED_XACTS.preparedAt, PG_PREPARED_XACTS.gid);
    }

    /**
     * Returns the maximum number of prepared transactions on a node.
     *
     * @return one row with {@link #NUMBER}
     */
    public static Select<?> preparedLimit() {
        return select(field("pg_catalog.current_setting({0})", SQLDataType.VARCHAR, inline(PREPARED))
                .cast(SQLDataType.INTEGER)
                .as(NUMBER));
    }

    /**
     * Returns the clients' sessions and the maintenance daemons in a database.
     *
     * @return one row with {@link #NUMBER}, the clients' sessions, and {@link #DAEMONS}
     */
    public static Select<?> use(String database) {
        return select(
                        count().filterWhere(PG_STAT_ACTIVITY.backendType.eq(inline("client backend")))
                                .as(NUMBER),
                        count().filterWhere(PG_STAT_ACTIVITY.backendType.like(inline(DAEMON_LIKE)))
                                .as(DAEMONS))
                .from(PG_STAT_ACTIVITY)
                .where(PG_STAT_ACTIVITY.database.eq(Sql.value(database)));
    }

    /**
     * Returns the size of the databases.
     *
     * @return one row
     */
    public static Select<?> bytes() {
        return select(field("sum(pg_catalog.pg_database_size(oid))", SQLDataType.BIGINT)
                        .cast(SQLDataType.BIGINT)
                        .as(BYTES))
                .from(DSL.table(name("pg_catalog", "pg_database")));
    }

    /**
     * Returns the disk space according to Citus. The current database must have Citus.
     *
     * @return one row
     */
    public static Select<?> disk() {
        return select(FREE, DISK).from(DSL.table("pg_catalog.citus_local_disk_space_stats()"));
    }

    /**
     * Returns the number of maintenance daemons of a database on this node.
     *
     * @return one row with {@link #NUMBER}, zero if no daemon runs
     */
    public static Select<?> daemons(String database) {
        return select(count().as(NUMBER))
                .from(PG_STAT_ACTIVITY)
                .where(PG_STAT_ACTIVITY.database.eq(Sql.value(database)))
                .and(PG_STAT_ACTIVITY.backendType.like(inline(DAEMON_LIKE)));
    }
}
