package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for registered nodes that are no primary: secondaries, and the clones of Citus 13.2 and later. */
public final class StandbyQueries {

    /** The node's address. */
    public static final Field<String> ADDRESS = field(name("address"), SQLDataType.VARCHAR);

    /** Its role. */
    public static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);

    /** Whether it is registered as a clone. */
    public static final Field<Boolean> CLONE = field(name("clone"), SQLDataType.BOOLEAN);

    /** The address of the primary that it follows, null if there is none. */
    public static final Field<String> PRIMARY = field(name("follows"), SQLDataType.VARCHAR);

    private StandbyQueries() {}

    /**
     * Returns these nodes. A clone has a group of its own and the number of its primary, in columns that earlier
     * versions lack.
     *
     * @return a row per node
     */
    public static ResultQuery<? extends Record> standbys() {
        return DSL.select(ADDRESS, ROLE, CLONE, PRIMARY).from(DSL.table("""
                        (select pg_catalog.concat(n.nodename, ':', n.nodeport) as address, n.noderole::pg_catalog.text as role, \
                        n.clone, pg_catalog.concat(p.nodename, ':' || p.nodeport::pg_catalog.text) as follows \
                        from (select s.nodeid, s.groupid, s.nodename, s.nodeport, s.noderole, \
                        coalesce((pg_catalog.to_jsonb(s) ->> 'nodeisclone')::pg_catalog.bool, false) as clone, \
                        (pg_catalog.to_jsonb(s) ->> 'nodeprimarynodeid')::pg_catalog.int4 as followed \
                        from pg_catalog.pg_dist_node as s) as n left join pg_catalog.pg_dist_node as p \
                        on p.noderole = 'primary' and case when n.clone then p.nodeid = n.followed else p.groupid = n.groupid end \
                        where n.noderole <> 'primary') as standby""")).orderBy(ADDRESS);
    }
}
