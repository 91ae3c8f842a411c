package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for the objects that belong to a table, for a selection of a project's tables. */
public final class PartQueries {

    /** The schema of the table to which an object belongs. */
    public static final Field<String> TABLE_SCHEMA = field(name("table_schema"), SQLDataType.VARCHAR);

    /** The name of the table to which an object belongs. */
    public static final Field<String> TABLE_NAME = field(name("table_name"), SQLDataType.VARCHAR);

    private PartQueries() {}

    /**
     * Returns the sequences that belong to columns.
     *
     * @return a row per sequence, with {@link BackupQueries#SCHEMA} and {@link BackupQueries#NAME}
     */
    public static ResultQuery<? extends Record> ownedSequences() {
        return select(BackupQueries.SCHEMA, BackupQueries.NAME, TABLE_SCHEMA, TABLE_NAME)
                .from(table("(select sn.nspname as schema, s.relname as name, tn.nspname as table_schema, "
                        + "t.relname as table_name from pg_catalog.pg_depend as d "
                        + "join pg_catalog.pg_class as s on s.oid = d.objid and s.relkind = 'S' "
                        + "join pg_catalog.pg_namespace as sn on sn.oid = s.relnamespace "
                        + "join pg_catalog.pg_class as t on t.oid = d.refobjid "
                        + "join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace "
                        + "where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass "
                        + "and d.refclassid = d.classid and d.deptype in ('a', 'i')) as owned"));
    }

    /**
     * Returns the partitions, each with every table of which it is a partition.
     *
     * @return a row per pair, with {@link BackupQueries#SCHEMA} and {@link BackupQueries#NAME}
     */
    public static ResultQuery<? extends Record> partitions() {
        return select(BackupQueries.SCHEMA, BackupQueries.NAME, TABLE_SCHEMA, TABLE_NAME)
                .from(table("(select pn.nspname as schema, p.relname as name, tn.nspname as table_schema, "
                        + "t.relname as table_name from pg_catalog.pg_class as p "
                        + "cross join lateral pg_catalog.pg_partition_ancestors(p.oid) as a "
                        + "join pg_catalog.pg_namespace as pn on pn.oid = p.relnamespace "
                        + "join pg_catalog.pg_class as t on t.oid = a.relid and t.oid <> p.oid "
                        + "join pg_catalog.pg_namespace as tn on tn.oid = t.relnamespace "
                        + "where p.relispartition) as divided"));
    }
}
