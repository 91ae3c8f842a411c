package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.catalog.PgClass.PG_CLASS;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Queries for everything in a project that decides whether a table can be distributed: one query per kind of object, for
 * all tables at once. They read catalogs only, and print no expression of a user, so that no code of the owners runs.
 */
public final class DistributionQueries {

    /** The number of a table. */
    public static final Field<Long> OID = field(name("oid"), SQLDataType.BIGINT);

    /** The table of which it is a partition, at any depth; itself if it is none. */
    public static final Field<Long> ROOT = field(name("root"), SQLDataType.BIGINT);

    /** The owner. */
    public static final Field<String> OWNER = field(name("owner"), SQLDataType.VARCHAR);

    /** Whether a local table is in the metadata of Citus. */
    public static final Field<Boolean> MANAGED = field(name("managed"), SQLDataType.BOOLEAN);

    /** Whether the table is partitioned. */
    public static final Field<Boolean> PARTITIONED = field(name("partitioned"), SQLDataType.BOOLEAN);

    /** Whether it inherits from another table, or another one from it, other than as a partition. */
    public static final Field<Boolean> INHERITS = field(name("inherits"), SQLDataType.BOOLEAN);

    /** The name of a column, key, trigger or policy. */
    public static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR);

    /** The type of a column, with its collation unless that is the type's own. */
    public static final Field<String> TYPE = field(name("type"), SQLDataType.VARCHAR);

    /** Whether the column is computed from others. */
    public static final Field<Boolean> GENERATED = field(name("generated"), SQLDataType.BOOLEAN);

    /** Whether its type has the operators to distribute by it. */
    public static final Field<Boolean> HASHABLE = field(name("hashable"), SQLDataType.BOOLEAN);

    /** Whether a key is the primary key. */
    public static final Field<Boolean> PRIMARY = field(name("is_primary"), SQLDataType.BOOLEAN);

    /** Whether a key is an exclusion constraint. */
    public static final Field<Boolean> EXCLUSION = field(name("is_exclusion"), SQLDataType.BOOLEAN);

    /** Whether a key is a constraint, not only an index. */
    public static final Field<Boolean> CONSTRAINT = field(name("is_constraint"), SQLDataType.BOOLEAN);

    /** Whether nothing but its columns describes a key. */
    public static final Field<Boolean> PLAIN = field(name("is_plain"), SQLDataType.BOOLEAN);

    /** When a foreign key is checked. */
    public static final Field<String> DEFERRAL = field(name("deferral"), SQLDataType.VARCHAR);

    /** The size of a table with its TOAST data, in bytes. */
    public static final Field<Long> BYTES = field(name("bytes"), SQLDataType.BIGINT);

    /** The columns of a key; an expression is null. */
    public static final Field<String[]> COLUMNS = field(name("columns"), SQLDataType.VARCHAR.getArrayDataType());

    /** The columns by which a key separates rows: all of a unique key, those that an exclusion compares by equality. */
    public static final Field<String[]> EQUAL = field(name("equal"), SQLDataType.VARCHAR.getArrayDataType());

    /** The number of the table that a foreign key references. */
    public static final Field<Long> REFERENCED = field(name("referenced"), SQLDataType.BIGINT);

    /** The referenced columns, in the order of the referencing ones. */
    public static final Field<String[]> REFERENCED_COLUMNS =
            field(name("referenced_columns"), SQLDataType.VARCHAR.getArrayDataType());

    /** What a foreign key does when the referenced row is deleted, as the letter of the catalog. */
    public static final Field<String> ON_DELETE = field(name("on_delete"), SQLDataType.VARCHAR);

    /** What a foreign key does when the referenced row is updated, as the letter of the catalog. */
    public static final Field<String> ON_UPDATE = field(name("on_update"), SQLDataType.VARCHAR);

    /** Whether a schema is distributed. */
    public static final Field<Boolean> DISTRIBUTED = field(name("distributed"), SQLDataType.BOOLEAN);

    private DistributionQueries() {}

    /**
     * Returns the tables of the project, partitions too, with their distribution. Those of extensions and of system
     * schemas are left out.
     *
     * @return a row per table, with the fields of {@link TableQueries#tables()} and those of this class
     */
    public static ResultQuery<? extends Record> tables() {
        Field<Boolean> partitioned = field("({0} = 'p')", SQLDataType.BOOLEAN, PG_CLASS.kind);
        return TableQueries.ordinaryTables(
                        PG_CLASS.oid.as(OID),
                        field(
                                        "coalesce(pg_catalog.pg_partition_root({0}::pg_catalog.regclass)::pg_catalog.oid, {0})",
                                        SQLDataType.BIGINT, PG_CLASS.oid)
                                .as(ROOT),
                        field("pg_catalog.pg_get_userbyid({0})", SQLDataType.VARCHAR, PG_CLASS.owner)
                                .as(OWNER),
                        field("({0} is not null)", SQLDataType.BOOLEAN, field(name("p", "partmethod")))
                                .as(MANAGED),
                        partitioned.as(PARTITIONED),
                        field(
                                        "(not {0} and not {1} and exists (select from pg_catalog.pg_inherits as i "
                                                + "where i.inhrelid = {2} or i.inhparent = {2}))",
                                        SQLDataType.BOOLEAN, PG_CLASS.partition, partitioned, PG_CLASS.oid)
                                .as(INHERITS))
                .and(Relations.isNoExtensions())
                .orderBy(PG_NAMESPACE.name, PG_CLASS.name);
    }

    /**
     * Returns the columns of all tables that are no partitions.
     *
     * @return a row per column: {@link #OID}, {@link #NAME}, {@link #TYPE}, {@link #GENERATED}, {@link #HASHABLE}
     */
    public static ResultQuery<? extends Record> columns() {
        return select(OID, NAME, TYPE, GENERATED, HASHABLE).from(DSL.table("""
                        (select a.attrelid::pg_catalog.int8 as oid, a.attname as name, \
                        pg_catalog.format_type(a.atttypid, null) || case when a.attcollation in (0, t.typcollation) then '' \
                        else ' collate ' || a.attcollation::pg_catalog.regcollation::pg_catalog.text end as type, \
                        a.attgenerated <> '' as generated, t.typtype in ('e', 'r', 'm', 'c', 'd') or t.typcategory = 'A' \
                        or (select pg_catalog.count(distinct o.opcmethod) = 2 from pg_catalog.pg_opclass as o \
                        join pg_catalog.pg_am as m on m.oid = o.opcmethod and m.amname in ('btree', 'hash') \
                        where o.opcdefault and (o.opcintype = a.atttypid or exists (select from pg_catalog.pg_cast as x \
                        where x.castsource = a.atttypid and x.casttarget = o.opcintype and x.castmethod = 'b' \
                        and x.castcontext = 'i'))) as hashable \
                        from pg_catalog.pg_attribute as a join pg_catalog.pg_type as t on t.oid = a.atttypid \
                        join pg_catalog.pg_class as c on c.oid = a.attrelid \
                        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace \
                        where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and not c.relispartition \
                        and n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema' \
                        and not pg_catalog.relation_is_a_known_shard(c.oid) order by a.attrelid, a.attnum) as c"""));
    }

    /**
     * Returns the unique keys and exclusion constraints of all tables.
     *
     * @return a row per index that no other one contains: {@link #OID}, {@link #NAME}, {@link #PRIMARY},
     *     {@link #EXCLUSION}, {@link #COLUMNS}, {@link #EQUAL}, {@link #CONSTRAINT}, {@link #PLAIN}
     */
    public static ResultQuery<? extends Record> keys() {
        return select(OID, NAME, PRIMARY, EXCLUSION, COLUMNS, EQUAL, CONSTRAINT, PLAIN)
                .from(DSL.table("""
                        (select k.oid, k.name, k.is_primary, k.is_exclusion, k.columns, k.is_constraint, k.is_plain, case when k.is_exclusion then \
                        array(select a.attname::pg_catalog.text from pg_catalog.pg_constraint as x, \
                        rows from (pg_catalog.unnest(x.conkey), pg_catalog.unnest(x.conexclop)) as e (attnum, op) \
                        join pg_catalog.pg_operator as p on p.oid = e.op and p.oprname = '=' \
                        join pg_catalog.pg_attribute as a on a.attnum = e.attnum \
                        where x.conindid = k.index and x.contype = 'x' and a.attrelid = x.conrelid) \
                        else k.columns end as equal from (\
                        select i.indexrelid as index, i.indrelid::pg_catalog.int8 as oid, c.relname as name, \
                        i.indisprimary as is_primary, i.indisexclusion as is_exclusion, \
                        exists (select from pg_catalog.pg_constraint as x where x.conindid = i.indexrelid \
                        and x.contype in ('p', 'u')) as is_constraint, \
                        i.indpred is null and i.indexprs is null and i.indimmediate and i.indnatts = i.indnkeyatts \
                        and c.reloptions is null and c.reltablespace = 0 and not i.indisreplident \
                        and not exists (select from pg_catalog.unnest(i.indoption::pg_catalog.int2[]) as o where o <> 0) \
                        and not exists (select from pg_catalog.unnest(i.indclass::pg_catalog.oid[]) as o \
                        join pg_catalog.pg_opclass as p on p.oid = o where not p.opcdefault) as is_plain, \
                        array(select a.attname::pg_catalog.text \
                        from pg_catalog.unnest(i.indkey::pg_catalog.int2[]) with ordinality as o (attnum, place) \
                        left join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = o.attnum \
                        and o.attnum > 0 where o.place <= i.indnkeyatts order by o.place) as columns \
                        from pg_catalog.pg_index as i join pg_catalog.pg_class as c on c.oid = i.indexrelid \
                        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace \
                        where (i.indisunique or i.indisexclusion) and not c.relispartition and n.nspname not like 'pg\\_%' \
                        and not pg_catalog.relation_is_a_known_shard(i.indrelid)) as k \
                        order by k.oid, k.is_primary desc, k.name) as k"""));
    }

    /**
     * Returns the foreign keys of all tables.
     *
     * @return a row per foreign key: {@link #OID}, {@link #NAME}, {@link #COLUMNS}, {@link #REFERENCED},
     *     {@link #REFERENCED_COLUMNS}, {@link #ON_DELETE}, {@link #ON_UPDATE}, {@link #DEFERRAL}
     */
    public static ResultQuery<? extends Record> foreignKeys() {
        return select(OID, NAME, COLUMNS, REFERENCED, REFERENCED_COLUMNS, ON_DELETE, ON_UPDATE, DEFERRAL)
                .from(DSL.table("""
                        (select f.conrelid::pg_catalog.int8 as oid, f.conname as name, \
                        f.confrelid::pg_catalog.int8 as referenced, f.confdeltype::pg_catalog.text as on_delete, \
                        f.confupdtype::pg_catalog.text as on_update, case when f.condeferred then 'INITIALLY_DEFERRED' \
                        when f.condeferrable then 'DEFERRABLE' else 'NOT_DEFERRABLE' end as deferral, array(select a.attname::pg_catalog.text \
                        from pg_catalog.unnest(f.conkey) with ordinality as o (attnum, place) \
                        join pg_catalog.pg_attribute as a on a.attrelid = f.conrelid and a.attnum = o.attnum \
                        order by o.place) as columns, array(select a.attname::pg_catalog.text \
                        from pg_catalog.unnest(f.confkey) with ordinality as o (attnum, place) \
                        join pg_catalog.pg_attribute as a on a.attrelid = f.confrelid and a.attnum = o.attnum \
                        order by o.place) as referenced_columns from pg_catalog.pg_constraint as f \
                        where f.contype = 'f' and f.conparentid = 0 \
                        and not pg_catalog.relation_is_a_known_shard(f.conrelid) order by f.conrelid, f.conname) as f"""));
    }

    /**
     * Returns the triggers of all tables, other than those of foreign keys, unless Citus accepts them.
     *
     * @return a row per trigger: {@link #OID}, {@link #NAME}
     */
    public static ResultQuery<? extends Record> triggers() {
        return select(OID, NAME).from(DSL.table("""
                        (select t.tgrelid::pg_catalog.int8 as oid, t.tgname as name from pg_catalog.pg_trigger as t \
                        where not t.tgisinternal and t.tgparentid = 0 \
                        and pg_catalog.current_setting('citus.enable_unsafe_triggers', true) is distinct from 'on' \
                        and not pg_catalog.relation_is_a_known_shard(t.tgrelid) order by t.tgrelid, t.tgname) as t"""));
    }

    /**
     * Returns the policies that contain a subquery.
     *
     * @return a row per policy: {@link #OID}, {@link #NAME}
     */
    public static ResultQuery<? extends Record> policiesWithSubqueries() {
        return select(OID, NAME).from(DSL.table("""
                        (select p.polrelid::pg_catalog.int8 as oid, p.polname as name from pg_catalog.pg_policy as p \
                        where (\
                        pg_catalog.strpos(p.polqual::pg_catalog.text, '{SUBLINK ') > 0 \
                        or pg_catalog.strpos(p.polwithcheck::pg_catalog.text, '{SUBLINK ') > 0) \
                        order by p.polrelid, p.polname) as p"""));
    }

    /**
     * Returns the sizes of all tables on the coordinator, partitions too.
     *
     * @return a row per table: {@link #OID}, {@link #BYTES}
     */
    public static ResultQuery<? extends Record> sizes() {
        return TableQueries.ordinaryTables(
                        PG_CLASS.oid.as(OID),
                        field("pg_catalog.pg_table_size({0}::pg_catalog.regclass)", SQLDataType.BIGINT, PG_CLASS.oid)
                                .as(BYTES))
                .and(Relations.isNoExtensions());
    }

    /**
     * Returns the schemas, except those of the system.
     *
     * @return a row per schema: {@link #NAME}, {@link #DISTRIBUTED}
     */
    public static ResultQuery<? extends Record> schemas() {
        return select(
                        PG_NAMESPACE.name.as(NAME),
                        field(
                                        "exists (select from pg_catalog.pg_dist_schema as s where s.schemaid = {0})",
                                        SQLDataType.BOOLEAN, PG_NAMESPACE.oid)
                                .as(DISTRIBUTED))
                .from(PG_NAMESPACE)
                .where(Relations.isNotTheSystems())
                .orderBy(PG_NAMESPACE.name);
    }
}
