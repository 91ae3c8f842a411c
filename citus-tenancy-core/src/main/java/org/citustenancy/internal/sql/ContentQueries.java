package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.coalesce;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.count;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.max;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.sum;
import static org.citustenancy.internal.sql.catalog.PgClass.PG_CLASS;
import static org.citustenancy.internal.sql.catalog.PgDistLocalGroup.PG_DIST_LOCAL_GROUP;
import static org.citustenancy.internal.sql.catalog.PgDistPlacement.PG_DIST_PLACEMENT;
import static org.citustenancy.internal.sql.catalog.PgDistShard.PG_DIST_SHARD;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record2;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.SelectConditionStep;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.internal.sql.catalog.PgClass;

/** Queries for the contents of a database, which a node reports only inside that database. */
public final class ContentQueries {

    /** The schema. */
    public static final Field<String> SCHEMA = field(name("schema"), SQLDataType.VARCHAR);

    /** The table, whose shards are counted under its own name. */
    public static final Field<String> TABLE = field(name("table"), SQLDataType.VARCHAR);

    /** The table's owner. */
    public static final Field<String> OWNER = field(name("owner"), SQLDataType.VARCHAR);

    /** How many shards of the table are on this node; 0 in the row of the table itself. */
    public static final Field<Integer> SHARDS = field(name("shards"), SQLDataType.INTEGER);

    /** Bytes of rows, including long values that are stored separately (TOAST). */
    public static final Field<Long> TABLE_BYTES = field(name("table_bytes"), SQLDataType.BIGINT);

    /** Bytes of indexes. */
    public static final Field<Long> INDEX_BYTES = field(name("index_bytes"), SQLDataType.BIGINT);

    /** Bytes of the largest shard with its indexes. */
    public static final Field<Long> LARGEST = field(name("largest"), SQLDataType.BIGINT);

    /** Estimated rows, null if the table was never analysed. */
    public static final Field<Long> ROWS = field(name("rows"), SQLDataType.BIGINT);

    private static final PgClass LOGICAL = PG_CLASS.named("logical");
    private static final Field<Long> SHARD_RELATION = field(name("shard", "relation"), SQLDataType.BIGINT);
    private static final Field<Long> SHARD_PARENT = field(name("shard", "parent"), SQLDataType.BIGINT);

    private ContentQueries() {}

    /**
     * Returns the storage in the current database on this node, by table.
     *
     * @param citus whether the database has Citus
     * @return a row per table, and another for its shards if there are any on this node
     */
    public static Select<?> storage(boolean citus) {
        Table<?> shard = (citus ? shards() : noShards()).asTable("shard");
        Field<Long> tableBytes =
                coalesce(field("pg_catalog.pg_table_size({0})", SQLDataType.BIGINT, PG_CLASS.oid), inline(0L));
        Field<Long> indexBytes =
                coalesce(field("pg_catalog.pg_indexes_size({0})", SQLDataType.BIGINT, PG_CLASS.oid), inline(0L));
        Field<String> owner = field("pg_catalog.pg_get_userbyid({0})", SQLDataType.VARCHAR, LOGICAL.owner);
        return select(
                        PG_NAMESPACE.name.as(SCHEMA),
                        LOGICAL.name.as(TABLE),
                        owner.as(OWNER),
                        count(SHARD_RELATION).as(SHARDS),
                        bigint(sum(tableBytes)).as(TABLE_BYTES),
                        bigint(sum(indexBytes)).as(INDEX_BYTES),
                        max(tableBytes.plus(indexBytes)).as(LARGEST),
                        rows().as(ROWS))
                .from(PG_CLASS)
                .leftJoin(shard)
                .on(SHARD_RELATION.eq(PG_CLASS.oid))
                .join(LOGICAL)
                .on(LOGICAL.oid.eq(coalesce(SHARD_PARENT, PG_CLASS.oid)))
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(LOGICAL.namespace))
                .where(PG_CLASS.kind.cast(SQLDataType.VARCHAR).in(inline("r"), inline("p"), inline("m")))
                .and(Relations.isNotTheSystems())
                .groupBy(PG_NAMESPACE.name, LOGICAL.name, LOGICAL.owner, SHARD_RELATION.isNull());
    }

    /**
     * Makes shards visible among the tables of a session. Citus hides them from users by default.
     *
     * @return a query that sets it
     */
    public static ResultQuery<?> showShards() {
        return select(Functions.setForSession("citus.override_table_visibility", "off"));
    }

    private static Field<Long> bigint(Field<?> number) {
        return number.cast(SQLDataType.BIGINT);
    }

    /** Returns the estimate, null if one part is unknown. A relation without pages has no rows, analysed or not. */
    private static Field<Long> rows() {
        Field<Long> known = field(
                "case when {0} >= 0 then {0} when pg_catalog.pg_relation_size({1}) = 0 then 0 end",
                SQLDataType.BIGINT, PG_CLASS.rows, PG_CLASS.oid);
        return field(
                "case when pg_catalog.bool_and(({0}) is not null) then pg_catalog.sum({0})::pg_catalog.int8 end",
                SQLDataType.BIGINT, known);
    }

    private static SelectConditionStep<Record2<Long, Long>> shards() {
        PgClass parent = PG_CLASS.named("parent");
        PgClass relation = PG_CLASS.named("part");
        return select(relation.oid.as("relation"), PG_DIST_SHARD.relation.as("parent"))
                .from(PG_DIST_SHARD)
                .join(PG_DIST_PLACEMENT)
                .on(PG_DIST_PLACEMENT.shard.eq(PG_DIST_SHARD.id))
                .join(PG_DIST_LOCAL_GROUP)
                .on(PG_DIST_LOCAL_GROUP.group.eq(PG_DIST_PLACEMENT.group))
                .join(parent)
                .on(parent.oid.eq(PG_DIST_SHARD.relation))
                .join(relation)
                .on(relation.namespace.eq(parent.namespace).and(relation.name.eq(Relations.shardName())))
                .where(DSL.noCondition());
    }

    private static Select<Record2<Long, Long>> noShards() {
        return select(
                        field("null::pg_catalog.oid", SQLDataType.BIGINT).as("relation"),
                        field("null::pg_catalog.oid", SQLDataType.BIGINT).as("parent"))
                .where(DSL.falseCondition());
    }
}
