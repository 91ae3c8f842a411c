package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.sql.Sql.literal;

import org.citustenancy.internal.names.LibraryRoles;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Queries for the objects in a database that roles other than superusers own: {@code pg_shdepend} has a row for each
 * object of any kind.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-shdepend.html">pg_shdepend</a>
 */
public final class CleaningQueries {

    /** The kind of object, in the terms of {@code pg_identify_object}; a domain is a {@code domain}. */
    public static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);

    /** The name of the object, qualified and quoted by the server. */
    public static final Field<String> IDENTITY = field(name("identity"), SQLDataType.VARCHAR);

    /** The role that may drop it: the owner of its schema if that is no superuser either, otherwise its own owner. */
    public static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);

    /** Whether it is a reference table. */
    public static final Field<Boolean> REFERENCE = field(name("reference"), SQLDataType.BOOLEAN);

    private CleaningQueries() {}

    /**
     * Returns the objects in the current database, on the queried node. The result excludes shards, temporary objects,
     * members of extensions and dependents of other objects in it (partitions, sequences of columns), default
     * privileges of roles and user mappings.
     *
     * @param known whether to include objects that Citus tracks on all nodes
     * @return a row per object
     */
    public static Select<?> owned(boolean known) {
        return DSL.select(KIND, IDENTITY, ROLE, REFERENCE)
                .from(DSL.table("""
                        (with owned (classid, objid, owner) as materialized (
                          select s.classid, s.objid, r.rolname
                          from pg_catalog.pg_shdepend as s
                          join pg_catalog.pg_roles as r on r.oid = s.refobjid and not r.rolsuper
                            and r.rolname <> {0}
                            and not pg_catalog.starts_with(r.rolname::pg_catalog.text, {1})
                            and not pg_catalog.starts_with(r.rolname::pg_catalog.text, 'pg_')
                          where s.refclassid = 'pg_catalog.pg_authid'::pg_catalog.regclass and s.deptype = 'o'
                            and s.dbid = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database()))
                        select case when d.oid is null then i.type else 'domain' end as kind, i.identity,
                          coalesce(h.owner, o.owner)::pg_catalog.text as role, p.logicalrelid is not null as reference
                        from owned as o
                        cross join lateral pg_catalog.pg_identify_object(o.classid, o.objid, 0) as i
                        left join pg_catalog.pg_namespace as n on pg_catalog.quote_ident(n.nspname) = i.schema
                        left join owned as h on h.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass and h.objid = n.oid
                        left join pg_catalog.pg_type as d on o.classid = 'pg_catalog.pg_type'::pg_catalog.regclass
                          and d.oid = o.objid and d.typtype = 'd'
                        left join pg_catalog.pg_dist_partition as p on o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                          and p.logicalrelid::pg_catalog.oid = o.objid and p.partmethod = 'n' and p.repmodel = 't'
                        where i.identity is not null
                          and i.type not in ('default acl', 'user mapping')
                          and coalesce(i.schema, '') !~ '^pg_(temp|toast_temp)'
                          and not exists (select from pg_catalog.pg_depend as e
                            where e.classid = o.classid and e.objid = o.objid and e.deptype = 'e')
                          and not exists (select from pg_catalog.pg_depend as e
                            join owned as w on w.classid = e.refclassid and w.objid = e.refobjid
                            where e.classid = o.classid and e.objid = o.objid and e.deptype in ('a', 'i', 'P', 'S')
                              and (e.refclassid, e.refobjid) <> (o.classid, o.objid))
                          and case when o.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                            then not pg_catalog.relation_is_a_known_shard(o.objid) else true end
                          and ({2} or not exists (select from pg_catalog.pg_dist_object as k
                            where k.classid = o.classid and k.objid = o.objid and k.objsubid = 0))) as x""", literal(LibraryRoles.OWNER), literal(RowRoleStatements.PREFIX), inline(known)))
                .orderBy(KIND, IDENTITY);
    }
}
