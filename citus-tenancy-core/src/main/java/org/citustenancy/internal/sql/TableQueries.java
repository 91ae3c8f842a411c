package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.exists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectOne;
import static org.citustenancy.internal.sql.catalog.PgClass.PG_CLASS;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;

import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.SelectConditionStep;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for a project's tables on the coordinator. */
public final class TableQueries {

    /** The schema. */
    public static final Field<String> SCHEMA = field(name("schema"), SQLDataType.VARCHAR);

    /** The table. */
    public static final Field<String> TABLE = field(name("table"), SQLDataType.VARCHAR);

    /** {@code distributed}, {@code reference}, {@code schema} or {@code local}. */
    public static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);

    /** The distribution column, null if there is none. */
    public static final Field<String> COLUMN = field(name("column"), SQLDataType.VARCHAR);

    /** The colocation group, null for a local table. */
    public static final Field<Integer> COLOCATION = field(name("colocation"), SQLDataType.INTEGER);

    /** The number of shards, null for a local table. */
    public static final Field<Integer> SHARDS = field(name("shards"), SQLDataType.INTEGER);

    private static final Table<?> PARTITION =
            DSL.table(name("pg_catalog", "pg_dist_partition")).as("p");
    private static final Table<?> COLOCATIONS =
            DSL.table(name("pg_catalog", "pg_dist_colocation")).as("c");
    private static final Table<?> SCHEMAS =
            DSL.table(name("pg_catalog", "pg_dist_schema")).as("s");
    private static final Condition ORDINARY =
            PG_CLASS.kind.cast(SQLDataType.VARCHAR).in("r", "p");

    /** The name of a key. */
    public static final Field<String> KEY = field(name("key_name"), SQLDataType.VARCHAR);

    /** Whether it is the primary key. */
    public static final Field<Boolean> PRIMARY = field(name("is_primary"), SQLDataType.BOOLEAN);

    /** Its columns, in the syntax of SQL. */
    public static final Field<String> KEY_COLUMNS = field(name("key_columns"), SQLDataType.VARCHAR);

    /** Whether foreign keys lead from or to the table. */
    public static final Field<Boolean> CONNECTED = field(name("connected"), SQLDataType.BOOLEAN);

    private TableQueries() {}

    /**
     * Returns the tables, except those in system schemas, with their distribution.
     *
     * @return a row per table
     */
    public static ResultQuery<? extends Record> tables() {
        return ordinaryTables().orderBy(PG_NAMESPACE.name, PG_CLASS.name);
    }

    /**
     * Returns the tables, except those in system schemas, with their distribution and more fields.
     *
     * @param more the additional fields of {@code pg_class} and {@code pg_dist_partition}
     */
    static SelectConditionStep<? extends Record> ordinaryTables(Field<?>... more) {
        return tablesWith(more)
                .and(Relations.isNotTheSystems())
                // The admin's sessions list shards, too, and the coordinator has some, at least those of reference
                // tables.
                .and(DSL.not(DSL.condition("pg_catalog.relation_is_a_known_shard({0})", PG_CLASS.oid)));
    }

    /**
     * Returns one table with its distribution.
     *
     * @return a row if there is such a table
     */
    public static ResultQuery<? extends Record> table(String schema, String table) {
        return tablesWith().and(PG_NAMESPACE.name.eq(schema)).and(PG_CLASS.name.eq(table));
    }

    private static SelectConditionStep<? extends Record> tablesWith(Field<?>... more) {
        Field<String> method = field(name("p", "partmethod"), SQLDataType.VARCHAR);
        Field<String> model = field(name("p", "repmodel"), SQLDataType.VARCHAR);
        Field<Integer> colocation = field(name("p", "colocationid"), SQLDataType.INTEGER);
        return select(
                        PG_NAMESPACE.name.as(SCHEMA),
                        PG_CLASS.name.as(TABLE),
                        DSL.when(method.isNull(), "local")
                                .when(method.cast(SQLDataType.VARCHAR).eq("h"), "distributed")
                                .when(model.cast(SQLDataType.VARCHAR).eq("t"), "reference")
                                .when(
                                        exists(selectOne()
                                                .from(SCHEMAS)
                                                .where(field(name("s", "schemaid"), SQLDataType.BIGINT)
                                                        .eq(PG_NAMESPACE.oid))),
                                        "schema")
                                .otherwise("local")
                                .as(KIND),
                        field(
                                        "pg_catalog.column_to_column_name({0}, {1})",
                                        SQLDataType.VARCHAR,
                                        field(name("p", "logicalrelid")),
                                        field(name("p", "partkey")))
                                .as(COLUMN),
                        colocation.as(COLOCATION),
                        field(name("c", "shardcount"), SQLDataType.INTEGER).as(SHARDS))
                .select(more)
                .from(PG_CLASS)
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace))
                .leftJoin(PARTITION)
                .on(field(name("p", "logicalrelid"), SQLDataType.BIGINT).eq(PG_CLASS.oid))
                .leftJoin(COLOCATIONS)
                .on(field(name("c", "colocationid"), SQLDataType.INTEGER).eq(colocation))
                .where(ORDINARY);
    }

    /**
     * Returns the columns of a table, in their order.
     *
     * @return a row per column, with the field {@link #COLUMN}
     */
    public static ResultQuery<? extends Record> columns(String schema, String table) {
        return select(field(name("a", "attname"), SQLDataType.VARCHAR).as(COLUMN))
                .from(DSL.table(name("pg_catalog", "pg_attribute")).as("a"))
                .join(PG_CLASS)
                .on(PG_CLASS.oid.eq(field(name("a", "attrelid"), SQLDataType.BIGINT)))
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace))
                .where(PG_NAMESPACE.name.eq(schema))
                .and(PG_CLASS.name.eq(table))
                .and(field(name("a", "attnum"), SQLDataType.INTEGER).gt(0))
                .and(DSL.not(field(name("a", "attisdropped"), SQLDataType.BOOLEAN)))
                .orderBy(field(name("a", "attnum")));
    }

    /**
     * Returns the keys of a table that do not contain a column. Citus cannot enforce them if the table is distributed
     * by that column.
     *
     * @return a row per unique index, with the fields {@link #KEY}, {@link #PRIMARY} and {@link #KEY_COLUMNS}
     */
    public static ResultQuery<? extends Record> keysWithout(String schema, String table, String column) {
        return select(KEY, PRIMARY, KEY_COLUMNS)
                .from(DSL.table("""
                        (select k.relname as key_name, i.indisprimary as is_primary, \
                        (select pg_catalog.string_agg(pg_catalog.quote_ident(a.attname), ', ' order by o.place) \
                        from pg_catalog.unnest(i.indkey::pg_catalog.int2[]) with ordinality as o (attnum, place) \
                        join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = o.attnum \
                        where o.place <= i.indnkeyatts) as key_columns \
                        from pg_catalog.pg_index as i join pg_catalog.pg_class as k on k.oid = i.indexrelid \
                        join pg_catalog.pg_class as c on c.oid = i.indrelid \
                        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace \
                        where i.indisunique and n.nspname = {0} and c.relname = {1} and not exists (select \
                        from pg_catalog.unnest(i.indkey::pg_catalog.int2[]) with ordinality as o (attnum, place) \
                        join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = o.attnum \
                        where o.place <= i.indnkeyatts and a.attname = {2}) \
                        order by i.indisprimary desc, k.relname) as keys""", Sql.literal(schema), Sql.literal(table), Sql.literal(column)));
    }

    /**
     * Checks whether foreign keys lead from or to a table.
     *
     * @return one row, with the field {@link #CONNECTED}
     */
    public static ResultQuery<? extends Record> foreignKeys(String schema, String table) {
        return select(DSL.field("""
                        exists (select from pg_catalog.pg_constraint as f join pg_catalog.pg_class as c \
                        on c.oid in (f.conrelid, f.confrelid) join pg_catalog.pg_namespace as n on n.oid = c.relnamespace \
                        where f.contype = 'f' and n.nspname = {0} and c.relname = {1})""", SQLDataType.BOOLEAN, Sql.literal(schema), Sql.literal(table))
                .as(CONNECTED));
    }

    /**
     * Returns a schema, and whether it is distributed.
     *
     * @return a row if there is such a schema, with {@link #COLOCATION} null if it is local
     */
    public static ResultQuery<? extends Record> schema(String schema) {
        return select(
                        PG_NAMESPACE.name.as(SCHEMA),
                        field(name("s", "colocationid"), SQLDataType.INTEGER).as(COLOCATION))
                .from(PG_NAMESPACE)
                .leftJoin(SCHEMAS)
                .on(field(name("s", "schemaid"), SQLDataType.BIGINT).eq(PG_NAMESPACE.oid))
                .where(PG_NAMESPACE.name.eq(schema));
    }

    /**
     * Returns the number of shards on each node.
     *
     * @return a row per primary: {@link NodeStatements#NODE_NAME}, {@link NodeStatements#NODE_PORT} and {@link #SHARDS}
     */
    public static ResultQuery<? extends Record> shardsPerNode() {
        Field<String> host = field(name("n", "nodename"), SQLDataType.VARCHAR);
        Field<Integer> port = field(name("n", "nodeport"), SQLDataType.INTEGER);
        return select(
                        host.as(NodeStatements.NODE_NAME),
                        port.as(NodeStatements.NODE_PORT),
                        DSL.count().as(SHARDS))
                .from(DSL.table(name("pg_catalog", "pg_dist_placement")).as("pl"))
                .join(DSL.table(name("pg_catalog", "pg_dist_node")).as("n"))
                .on(field(name("n", "groupid"), SQLDataType.INTEGER)
                        .eq(field(name("pl", "groupid"), SQLDataType.INTEGER)))
                .where(field(name("n", "noderole")).cast(SQLDataType.VARCHAR).eq(DSL.inline("primary")))
                .groupBy(host, port)
                .orderBy(host, port);
    }
}
