package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.count;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.countDistinct;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.notExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectOne;
import static org.citustenancy.internal.sql.catalog.PgAvailableExtensions.PG_AVAILABLE_EXTENSIONS;
import static org.citustenancy.internal.sql.catalog.PgClass.PG_CLASS;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDepend.PG_DEPEND;
import static org.citustenancy.internal.sql.catalog.PgDistLocalGroup.PG_DIST_LOCAL_GROUP;
import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;
import static org.citustenancy.internal.sql.catalog.PgDistPlacement.PG_DIST_PLACEMENT;
import static org.citustenancy.internal.sql.catalog.PgDistShard.PG_DIST_SHARD;
import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.topology.Node;

/** Queries for current, new and former workers. */
public final class WorkerQueries {

    /** The identifier of a server, unique among running servers. */
    public static final Field<String> SYSTEM = field(name("system"), SQLDataType.VARCHAR);

    /** Whether the server is a standby that was not promoted. */
    public static final Field<Boolean> IN_RECOVERY = field(name("in_recovery"), SQLDataType.BOOLEAN);

    /** The version of PostgreSQL as a number. */
    public static final Field<Integer> POSTGRES_NUMBER = field(name("postgres_number"), SQLDataType.INTEGER);

    /** The version of PostgreSQL as text. */
    public static final Field<String> POSTGRES = field(name("postgres"), SQLDataType.VARCHAR);

    /** The version of Citus that would be created, null if it is not installed. */
    public static final Field<String> CITUS_INSTALLED = field(name("citus_installed"), SQLDataType.VARCHAR);

    /** The version of Citus in the current database, null if it has none. */
    public static final Field<String> CITUS_CREATED = field(name("citus_created"), SQLDataType.VARCHAR);

    /** A table's name as text. */
    public static final Field<String> TABLE = field(name("table_name"), SQLDataType.VARCHAR);

    /** A number of shards. */
    public static final Field<Integer> SHARDS = field(name("shards"), SQLDataType.INTEGER);

    /** A number of workers. */
    public static final Field<Integer> WORKERS = field(name("workers"), SQLDataType.INTEGER);

    private WorkerQueries() {}

    /**
     * Returns the identity of a server.
     *
     * @return one row
     */
    public static Select<?> identity() {
        return select(
                // Servers that were started from copies of one data directory have the same identifier.
                field(
                                "pg_catalog.concat_ws(' ', (select system_identifier from pg_catalog.pg_control_system()), "
                                        + "pg_catalog.pg_postmaster_start_time())",
                                SQLDataType.VARCHAR)
                        .as(SYSTEM),
                field("pg_catalog.pg_is_in_recovery()", SQLDataType.BOOLEAN).as(IN_RECOVERY),
                field("pg_catalog.current_setting('server_version_num')::pg_catalog.int4", SQLDataType.INTEGER)
                        .as(POSTGRES_NUMBER),
                field("pg_catalog.current_setting('server_version')", SQLDataType.VARCHAR)
                        .as(POSTGRES),
                field(select(PG_AVAILABLE_EXTENSIONS.version)
                                .from(PG_AVAILABLE_EXTENSIONS)
                                .where(PG_AVAILABLE_EXTENSIONS.name.eq(inline("citus"))))
                        .as(CITUS_INSTALLED),
                field(select(PG_EXTENSION.version).from(PG_EXTENSION).where(PG_EXTENSION.name.eq(inline("citus"))))
                        .as(CITUS_CREATED));
    }

    /**
     * Returns the given databases that a server has.
     *
     * @return a row per database
     */
    public static Select<?> databases(Collection<String> names) {
        return select(PG_DATABASE.name)
                .from(PG_DATABASE)
                .where(PG_DATABASE.name.in(names.stream().map(Sql::literal).toList()));
    }

    /**
     * Checks whether the current database, which has Citus, belongs to a coordinator with workers, or to a worker.
     *
     * @return one row, with {@link #WORKERS} and the group
     */
    public static Select<?> membership() {
        return select(
                        PG_DIST_LOCAL_GROUP.group,
                        field(select(count()).from(PG_DIST_NODE).where(PG_DIST_NODE.group.ne(inline(0))))
                                .as(WORKERS))
                .from(PG_DIST_LOCAL_GROUP);
    }

    /**
     * Returns some of the tables in the current database that belong to no extension.
     *
     * @return at most three rows
     */
    public static Select<?> contents() {
        return select(qualified().as(TABLE))
                .from(PG_CLASS)
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace))
                .where(PG_CLASS.kind.cast(SQLDataType.VARCHAR).in(inline("r"), inline("p"), inline("m"), inline("f")))
                .and(PG_NAMESPACE.name.notLike(inline("pg\\_%")))
                .and(PG_NAMESPACE.name.ne(inline("information_schema")))
                .and(notExists(selectOne()
                        .from(PG_DEPEND)
                        .where(PG_DEPEND.object.eq(PG_CLASS.oid))
                        .and(PG_DEPEND.objectClass.eq(PG_CLASS.regclass()))
                        .and(PG_DEPEND.kind.cast(SQLDataType.VARCHAR).eq(inline("e")))))
                .orderBy(qualified())
                .limit(inline(3));
    }

    private static Field<String> qualified() {
        return PG_NAMESPACE.name.concat(inline(".")).concat(PG_CLASS.name);
    }

    /**
     * Returns the shards of the current database that only one node has.
     *
     * @return a row per table that has such shards
     */
    public static ResultQuery<? extends Record> onlyOn(Node node) {
        Table<?> elsewhere = PG_DIST_PLACEMENT.as("elsewhere");
        return select(
                        field("{0}::pg_catalog.regclass::pg_catalog.text", SQLDataType.VARCHAR, PG_DIST_SHARD.relation)
                                .as(TABLE),
                        countDistinct(PG_DIST_SHARD.id).as(SHARDS))
                .from(PG_DIST_PLACEMENT)
                .join(PG_DIST_NODE)
                .on(PG_DIST_NODE.group.eq(PG_DIST_PLACEMENT.group))
                .join(PG_DIST_SHARD)
                .on(PG_DIST_SHARD.id.eq(PG_DIST_PLACEMENT.shard))
                .where(is(node))
                // A secondary is in the group of its primary, and has no placements of its own.
                .and(PG_DIST_NODE.role.cast(SQLDataType.VARCHAR).eq(inline("primary")))
                .and(notExists(selectOne()
                        .from(elsewhere)
                        .where(field(name("elsewhere", "shardid"), SQLDataType.BIGINT)
                                .eq(PG_DIST_PLACEMENT.shard))
                        .and(field(name("elsewhere", "groupid"), SQLDataType.INTEGER)
                                .ne(PG_DIST_PLACEMENT.group))))
                .groupBy(PG_DIST_SHARD.relation)
                .orderBy(inline(1));
    }

    /**
     * Returns a node as registered in the current database.
     *
     * @return a row if it is registered
     */
    public static ResultQuery<? extends Record> registration(Node node) {
        return select(
                        PG_DIST_NODE.id,
                        PG_DIST_NODE.group,
                        PG_DIST_NODE.active,
                        PG_DIST_NODE.shards,
                        PG_DIST_NODE.role.cast(SQLDataType.VARCHAR).as(PG_DIST_NODE.role))
                .from(PG_DIST_NODE)
                .where(is(node));
    }

    /**
     * Checks whether the current database has a list of nodes.
     *
     * @return a row if it has Citus
     */
    public static ResultQuery<? extends Record> nodeList() {
        return select(PG_EXTENSION.name).from(PG_EXTENSION).where(PG_EXTENSION.name.eq(inline("citus")));
    }

    /**
     * Returns the workers that are registered in the current database.
     *
     * @return a row per worker, in the order of their numbers
     */
    public static ResultQuery<? extends Record> registrations() {
        return select(PG_DIST_NODE.host, PG_DIST_NODE.port, PG_DIST_NODE.active, PG_DIST_NODE.shards)
                .from(PG_DIST_NODE)
                .where(PG_DIST_NODE.group.ne(0))
                .and(PG_DIST_NODE.role.cast(SQLDataType.VARCHAR).eq(inline("primary")))
                .orderBy(PG_DIST_NODE.id);
    }

    /**
     * Returns all servers that are registered in the current database.
     *
     * @return a row per primary or secondary, in the order of their numbers
     */
    public static ResultQuery<? extends Record> servers() {
        return select(
                        PG_DIST_NODE.id,
                        PG_DIST_NODE.group,
                        PG_DIST_NODE.host,
                        PG_DIST_NODE.port,
                        PG_DIST_NODE.role.cast(SQLDataType.VARCHAR).as(PG_DIST_NODE.role))
                .from(PG_DIST_NODE)
                .orderBy(PG_DIST_NODE.id);
    }

    private static Condition is(Node node) {
        return PG_DIST_NODE.host.eq(Sql.literal(node.host())).and(PG_DIST_NODE.port.eq(Sql.literal(node.port())));
    }

    /**
     * Returns the workers that lack the current list of nodes of this database, which is a coordinator's. Citus sends
     * the list in the background, and refuses further changes until then.
     *
     * @return a row per worker
     */
    public static Select<?> unsynced() {
        return select(PG_DIST_NODE.host, PG_DIST_NODE.port)
                .from(PG_DIST_NODE)
                .where(PG_DIST_NODE.active)
                .and(PG_DIST_NODE.metadata)
                .and(PG_DIST_NODE.synced.isFalse());
    }
}
