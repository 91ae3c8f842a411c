package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.sql.Sql.literal;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.topology.Node;

/** Queries for tables before their shards are moved. They read catalogs only, so that no code of the owners runs. */
public final class MoveQueries {

    /** A table as text. */
    public static final Field<String> TABLE = field(name("table_name"), SQLDataType.VARCHAR);

    private MoveQueries() {}

    /**
     * Returns the tables without replica identity that move together with some shards.
     *
     * @param shards their numbers
     * @return a row per table
     */
    public static ResultQuery<? extends Record> withoutIdentity(Collection<Long> shards) {
        return withoutIdentity(RowOwnerQueries.groupsOfShards(shards).relations());
    }

    /**
     * Returns the tables without replica identity with shards on a node that move away when it is drained.
     *
     * @return a row per table
     */
    public static ResultQuery<? extends Record> withoutIdentity(Node node) {
        return withoutIdentity(DSL.sql("""
                select p.logicalrelid::pg_catalog.oid as oid from pg_catalog.pg_dist_placement as l \
                join pg_catalog.pg_dist_node as n on n.groupid = l.groupid and n.nodename = {0} and n.nodeport = {1} \
                join pg_catalog.pg_dist_shard as s on s.shardid = l.shardid \
                join pg_catalog.pg_dist_partition as p on p.logicalrelid = s.logicalrelid \
                where not (p.partmethod = 'n' and p.repmodel = 't')""", literal(node.host()), literal(node.port())));
    }

    /**
     * Applies the rules of Citus: a deferrable primary key is no replica identity, and partitioned tables have no rows.
     */
    private static ResultQuery<? extends Record> withoutIdentity(QueryPart relations) {
        return DSL.select(TABLE).from(DSL.table("""
                        (select distinct c.oid::pg_catalog.regclass::pg_catalog.text as table_name \
                        from ({0}) as t join pg_catalog.pg_class as c on c.oid = t.oid \
                        where c.relkind = 'r' and c.relreplident <> 'f' and not exists (select \
                        from pg_catalog.pg_index as i where i.indrelid = c.oid and i.indisvalid and i.indimmediate \
                        and (c.relreplident = 'd' and i.indisprimary or c.relreplident = 'i' and i.indisreplident))) as o""", relations)).orderBy(TABLE);
    }
}
