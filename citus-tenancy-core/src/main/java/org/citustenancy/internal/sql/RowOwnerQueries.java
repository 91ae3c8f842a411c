package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.sql.Sql.literal;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.tables.TableName;

/**
 * Queries for the owners of tables whose rows are moved. They read catalogs only, so that no code of the owners runs.
 */
public final class RowOwnerQueries {

    /** A table as text. */
    public static final Field<String> TABLE = field(name("table_name"), SQLDataType.VARCHAR);

    /** Its owner. */
    public static final Field<String> OWNER = field(name("owner"), SQLDataType.VARCHAR);

    /** Whether the owner is a superuser. */
    public static final Field<Boolean> SUPERUSER = field(name("superuser"), SQLDataType.BOOLEAN);

    /** Whether policies apply to the owner, too. */
    public static final Field<Boolean> FORCED = field(name("forced"), SQLDataType.BOOLEAN);

    /** Whether reference tables are missing on a node of Citus. */
    public static final Field<Boolean> INCOMPLETE = field(name("incomplete"), SQLDataType.BOOLEAN);

    /** An object as text. */
    public static final Field<String> OBJECT = field(name("object"), SQLDataType.VARCHAR);

    /** The number of a colocation group. */
    public static final Field<Integer> COLOCATION = field(name("colocation"), SQLDataType.INTEGER);

    private RowOwnerQueries() {}

    /**
     * The tables of a question.
     *
     * @param relations a query that returns their {@code oid}
     */
    public record Tables(QueryPart relations) {}

    /**
     * Returns some tables.
     *
     * @return these and their partitions
     */
    public static Tables tables(Collection<TableName> names) {
        return withPartitions(named(names));
    }

    /**
     * Returns the tables that foreign keys connect with some tables. Citus follows them in both directions when it adds a
     * table to its metadata.
     *
     * @return these, all tables that are connected with them, and all partitions
     */
    public static Tables connected(Collection<TableName> names) {
        return withPartitions(DSL.sql("""
                with recursive linked (oid) as (select s.oid from ({0}) as s union \
                select case when f.conrelid = linked.oid then f.confrelid else f.conrelid end \
                from pg_catalog.pg_constraint as f join linked on linked.oid in (f.conrelid, f.confrelid) \
                where f.contype = 'f' and not pg_catalog.relation_is_a_known_shard(f.conrelid) \
                and not pg_catalog.relation_is_a_known_shard(f.confrelid)) select linked.oid from linked""", named(names)));
    }

    /**
     * Returns the tables that move together with some shards.
     *
     * @param shards their numbers
     * @return their tables, those that are colocated with them, and all partitions
     */
    public static Tables groupsOfShards(Collection<Long> shards) {
        return withPartitions(
                DSL.sql("""
                select o.logicalrelid::pg_catalog.oid as oid from pg_catalog.pg_dist_shard as s \
                join pg_catalog.pg_dist_partition as p on p.logicalrelid = s.logicalrelid \
                join pg_catalog.pg_dist_partition as o on o.logicalrelid = p.logicalrelid \
                or o.colocationid = p.colocationid and p.colocationid <> 0 where s.shardid in ({0})""", DSL.list(shards.stream().map(DSL::inline).toList())));
    }

    /**
     * Returns the tables of a schema.
     *
     * @return these
     */
    public static Tables inSchema(String schema) {
        return new Tables(DSL.sql("""
                select c.oid from pg_catalog.pg_class as c join pg_catalog.pg_namespace as n on n.oid = c.relnamespace \
                where n.nspname = {0} and c.relkind in ('r', 'p', 'f') \
                and not pg_catalog.relation_is_a_known_shard(c.oid)""", literal(schema)));
    }

    /**
     * Returns the reference tables.
     *
     * @return these
     */
    public static Tables references() {
        return new Tables(DSL.sql("select p.logicalrelid::pg_catalog.oid as oid from pg_catalog.pg_dist_partition as p "
                + "where p.partmethod = 'n' and p.repmodel = 't'"));
    }

    private static QueryPart named(Collection<TableName> names) {
        return DSL.sql(
                "select r::pg_catalog.regclass::pg_catalog.oid as oid from pg_catalog.unnest(array[{0}]::pg_catalog.text[]) as r",
                DSL.list(names.stream()
                        .map(table -> literal(TableStatements.quoted(table.schema(), table.table())))
                        .toList()));
    }

    private static Tables withPartitions(QueryPart seed) {
        return new Tables(DSL.sql("""
                with recursive part (oid) as (select s.oid from ({0}) as s union select i.inhrelid \
                from pg_catalog.pg_inherits as i join part on part.oid = i.inhparent) select part.oid from part""", seed));
    }

    /**
     * Returns the owners of tables.
     *
     * @return a row per table
     */
    public static ResultQuery<? extends Record> owners(Tables tables) {
        return DSL.select(TABLE, OWNER, SUPERUSER, FORCED)
                .from(DSL.table("""
                        (select c.oid::pg_catalog.regclass::pg_catalog.text as table_name, r.rolname as owner, \
                        r.rolsuper as superuser, c.relrowsecurity and c.relforcerowsecurity as forced \
                        from ({0}) as t join pg_catalog.pg_class as c on c.oid = t.oid \
                        join pg_catalog.pg_roles as r on r.oid = c.relowner) as o""", tables.relations()))
                .orderBy(TABLE);
    }

    /**
     * Returns the tables with row security that belong to another role.
     *
     * @param owner the role
     * @return a row per table
     */
    public static ResultQuery<? extends Record> policiesOfOthers(String owner) {
        return DSL.select(TABLE).from(DSL.table("""
                        (select c.oid::pg_catalog.regclass::pg_catalog.text as table_name from pg_catalog.pg_class as c \
                        where c.relrowsecurity and pg_catalog.pg_get_userbyid(c.relowner) <> {0} \
                        and not pg_catalog.relation_is_a_known_shard(c.oid)) as o""", literal(owner))).orderBy(TABLE);
    }

    /**
     * Returns functions, types and the like that tables need by their definition, and that belong to no superuser.
     * Their owner controls the code that runs when rows are written to the tables.
     *
     * @param tables the tables, which belong to a superuser
     * @return a row per object
     */
    public static ResultQuery<? extends Record> codeOfOthers(Tables tables) {
        return DSL.select(OBJECT).from(DSL.table("""
                        (with recursive moved (oid) as ({0}), used (classid, objid) as (
                          select 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, oid from moved
                          union select 'pg_catalog.pg_constraint'::pg_catalog.regclass, c.oid from pg_catalog.pg_constraint as c join moved on moved.oid = c.conrelid
                          union select 'pg_catalog.pg_attrdef'::pg_catalog.regclass, d.oid from pg_catalog.pg_attrdef as d join moved on moved.oid = d.adrelid
                          union select 'pg_catalog.pg_class'::pg_catalog.regclass, i.indexrelid from pg_catalog.pg_index as i join moved on moved.oid = i.indrelid
                          union select 'pg_catalog.pg_trigger'::pg_catalog.regclass, t.oid from pg_catalog.pg_trigger as t join moved on moved.oid = t.tgrelid
                          union select 'pg_catalog.pg_rewrite'::pg_catalog.regclass, w.oid from pg_catalog.pg_rewrite as w join moved on moved.oid = w.ev_class
                          union select 'pg_catalog.pg_policy'::pg_catalog.regclass, p.oid from pg_catalog.pg_policy as p join moved on moved.oid = p.polrelid
                          union select 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass, x.oid from pg_catalog.pg_statistic_ext as x join moved on moved.oid = x.stxrelid
                          union (with known as (select * from used)
                            select d.refclassid, d.refobjid from pg_catalog.pg_depend as d join known on known.classid = d.classid and known.objid = d.objid
                            union select 'pg_catalog.pg_constraint'::pg_catalog.regclass, c.oid from pg_catalog.pg_constraint as c
                              join known on known.objid = c.contypid and known.classid = 'pg_catalog.pg_type'::pg_catalog.regclass))
                        select distinct pg_catalog.pg_describe_object(u.classid, u.objid, 0) as object
                        from used as u join pg_catalog.pg_shdepend as s on s.classid = u.classid and s.objid = u.objid
                          and s.deptype = 'o' and s.dbid = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())
                        join pg_catalog.pg_roles as r on r.oid = s.refobjid and not r.rolsuper
                        where u.classid in ('pg_catalog.pg_proc'::pg_catalog.regclass, 'pg_catalog.pg_type'::pg_catalog.regclass,
                          'pg_catalog.pg_operator'::pg_catalog.regclass, 'pg_catalog.pg_opclass'::pg_catalog.regclass,
                          'pg_catalog.pg_opfamily'::pg_catalog.regclass, 'pg_catalog.pg_ts_config'::pg_catalog.regclass)) as o""", tables.relations())).orderBy(OBJECT);
    }

    /**
     * Checks whether a node lacks reference tables that others have. Citus would copy them, as a superuser, before it
     * distributes or rebalances anything.
     *
     * @return one row
     */
    public static Select<? extends Record> incompleteReferences() {
        return DSL.select(field("""
                        exists (select from pg_catalog.pg_dist_partition as p \
                        join pg_catalog.pg_dist_shard as s on s.logicalrelid = p.logicalrelid, pg_catalog.pg_dist_node as n \
                        where p.partmethod = 'n' and p.repmodel = 't' and n.isactive and n.noderole = 'primary' \
                        and not exists (select from pg_catalog.pg_dist_placement as l \
                        where l.shardid = s.shardid and l.groupid = n.groupid))""", SQLDataType.BOOLEAN).as(INCOMPLETE));
    }

    /**
     * Returns the colocation groups whose tables belong to several roles.
     *
     * @return a row per table of each such group
     */
    public static Select<? extends Record> groupsOfSeveral() {
        return DSL.select(COLOCATION, TABLE, OWNER).from(DSL.table("""
                        (select p.colocationid as colocation, c.oid::pg_catalog.regclass::pg_catalog.text as table_name, \
                        pg_catalog.pg_get_userbyid(c.relowner) as owner from pg_catalog.pg_dist_partition as p \
                        join pg_catalog.pg_class as c on c.oid = p.logicalrelid where p.colocationid in \
                        (select q.colocationid from pg_catalog.pg_dist_partition as q join pg_catalog.pg_class as d \
                        on d.oid = q.logicalrelid where q.colocationid <> 0 group by q.colocationid \
                        having pg_catalog.count(distinct d.relowner) > 1)) as o""")).orderBy(COLOCATION, TABLE);
    }
}
