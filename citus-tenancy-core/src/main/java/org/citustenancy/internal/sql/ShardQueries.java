package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.notExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectOne;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.catalog.PgClass.PG_CLASS;
import static org.citustenancy.internal.sql.catalog.PgDistLocalGroup.PG_DIST_LOCAL_GROUP;
import static org.citustenancy.internal.sql.catalog.PgDistPartition.PG_DIST_PARTITION;
import static org.citustenancy.internal.sql.catalog.PgDistPlacement.PG_DIST_PLACEMENT;
import static org.citustenancy.internal.sql.catalog.PgDistShard.PG_DIST_SHARD;

import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.internal.sql.catalog.PgClass;

/** Queries for missing shards. */
public final class ShardQueries {

    /** The table of a shard, as text. */
    public static final Field<String> TABLE = field(name("table_name"), SQLDataType.VARCHAR);

    /** Whether it belongs to a reference table, of which other nodes have copies. */
    public static final Field<Boolean> REFERENCE = field(name("reference"), SQLDataType.BOOLEAN);

    /** A node's group. */
    public static final Field<Integer> NODE_GROUP = field(name("node_group"), SQLDataType.INTEGER);

    /** Whether all exist. */
    public static final Field<Boolean> COMPLETE = field(name("complete"), SQLDataType.BOOLEAN);

    private static final PgClass LOGICAL = PG_CLASS.named("logical");

    private ShardQueries() {}

    /**
     * Returns the shards with a placement on this node according to the metadata that do not exist on it.
     *
     * @return a row per shard, with its number as in {@code pg_dist_shard}
     */
    public static Select<?> missing() {
        return select(
                        PG_DIST_SHARD.id,
                        field("{0}::pg_catalog.regclass::pg_catalog.text", SQLDataType.VARCHAR, PG_DIST_SHARD.relation)
                                .as(TABLE),
                        field(isReference()).as(REFERENCE))
                .from(PG_DIST_PLACEMENT)
                .join(PG_DIST_LOCAL_GROUP)
                .on(PG_DIST_LOCAL_GROUP.group.eq(PG_DIST_PLACEMENT.group))
                .join(PG_DIST_SHARD)
                .on(PG_DIST_SHARD.id.eq(PG_DIST_PLACEMENT.shard))
                .join(PG_DIST_PARTITION)
                .on(PG_DIST_PARTITION.relation.eq(PG_DIST_SHARD.relation))
                .join(LOGICAL)
                .on(LOGICAL.oid.eq(PG_DIST_SHARD.relation))
                .where(notExists(selectOne()
                        .from(PG_CLASS)
                        .where(PG_CLASS.namespace.eq(LOGICAL.namespace))
                        .and(PG_CLASS.name.eq(Relations.shardName()))));
    }

    /**
     * Returns the shards that have no placement in the metadata.
     *
     * @return a row per shard
     */
    public static Select<?> unplaced() {
        return select(field("{0}::pg_catalog.regclass::pg_catalog.text", SQLDataType.VARCHAR, PG_DIST_SHARD.relation)
                        .as(TABLE))
                .from(PG_DIST_SHARD)
                .where(notExists(
                        selectOne().from(PG_DIST_PLACEMENT).where(PG_DIST_PLACEMENT.shard.eq(PG_DIST_SHARD.id))));
    }

    /**
     * Returns the nodes with the current database's reference tables.
     *
     * @return a row per registered node, with its group, and whether it has all of them; none if there are no reference
     *     tables
     */
    public static Select<?> references() {
        return select(NODE_GROUP, COMPLETE).from(table("""
                        (select n.groupid as node_group, pg_catalog.bool_and(exists (select \
                        from pg_catalog.pg_dist_placement as l where l.shardid = s.shardid and l.groupid = n.groupid)) \
                        as complete from pg_catalog.pg_dist_partition as p \
                        join pg_catalog.pg_dist_shard as s on s.logicalrelid = p.logicalrelid \
                        join pg_catalog.pg_dist_node as n on n.isactive and n.noderole = 'primary' \
                        where p.partmethod = 'n' and p.repmodel = 't' group by n.groupid) as r"""));
    }

    private static Condition isReference() {
        return PG_DIST_PARTITION
                .method
                .cast(SQLDataType.VARCHAR)
                .eq(inline("n"))
                .and(PG_DIST_PARTITION.replication.cast(SQLDataType.VARCHAR).eq(inline("t")));
    }
}
