package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.coalesce;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.count;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.not;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.row;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectDistinct;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.catalog.PgAttribute.PG_ATTRIBUTE;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDefaultAcl.PG_DEFAULT_ACL;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;
import static org.citustenancy.internal.sql.catalog.PgShdepend.PG_SHDEPEND;

import java.util.Collection;
import java.util.List;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Param;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.internal.sql.catalog.PgAuthid;
import org.citustenancy.tables.TableName;

/** Queries for privileges inside the current database. */
public final class PrivilegeQueries {

    /** The schema. */
    public static final Field<String> SCHEMA = field(name("schema"), SQLDataType.VARCHAR);

    /** The relation. A table's name includes its shards. */
    public static final Field<String> RELATION = field(name("name"), SQLDataType.VARCHAR);

    /** The column. */
    public static final Field<String> COLUMN = field(name("column"), SQLDataType.VARCHAR);

    /** The relation's kind, as in {@code pg_class.relkind}, or the kind of object of a default privilege. */
    public static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);

    /** The owner, or the role to whose new objects it applies. */
    public static final Field<String> OWNER = field(name("owner"), SQLDataType.VARCHAR);

    /** The role with the privileges; empty for PUBLIC. */
    public static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);

    /** Privileges separated by commas. */
    public static final Field<String> PRIVILEGES = field(name("privileges"), SQLDataType.VARCHAR);

    /** The number of relations: the table itself and its shards on the node. */
    public static final Field<Integer> COUNT = field(name("relations"), SQLDataType.INTEGER);

    private static final Field<Long> GRANTEE = field(name("x", "grantee"), SQLDataType.BIGINT);
    private static final Field<String> PRIVILEGE = field(name("x", "privilege_type"), SQLDataType.VARCHAR);
    private static final PgAuthid HOLDER = PG_AUTHID.named("holder");

    private PrivilegeQueries() {}

    /**
     * Combines several of {@link #relations}, {@link #onRelations} and {@link #onColumns}, so that the relations are
     * searched once.
     *
     * @param citus whether the database has Citus
     * @param questions the queries
     * @return the answers to all of them, each row with {@link NodeStatements#QUESTION} and {@link NodeStatements#ROW}
     */
    public static Select<?> aboutRelations(boolean citus, List<Select<?>> questions) {
        return Relations.once(citus)
                .select(NodeStatements.QUESTION, NodeStatements.ROW)
                .from(NodeStatements.answers(questions));
    }

    /**
     * Returns the relations.
     *
     * @return a row per relation, kind and owner, within {@link #aboutRelations}
     */
    public static Select<?> relations() {
        return select(
                        Relations.SCHEMA.as(SCHEMA),
                        Relations.NAME.as(RELATION),
                        Relations.KIND.as(KIND),
                        Relations.OWNER.as(OWNER),
                        count().as(COUNT))
                .from(Relations.known())
                .groupBy(Relations.SCHEMA, Relations.NAME, Relations.KIND, Relations.OWNER);
    }

    /**
     * Returns the grants of roles on whole relations.
     *
     * @return a row per relation, role and set of privileges, within {@link #aboutRelations}
     */
    public static Select<?> onRelations(Collection<String> roles) {
        Table<?> each = select(
                        Relations.SCHEMA.as(SCHEMA),
                        Relations.NAME.as(RELATION),
                        HOLDER.name.as(ROLE),
                        privileges().as(PRIVILEGES))
                .from(Relations.known())
                .crossJoin(exploded(Relations.ACL))
                .join(HOLDER)
                .on(HOLDER.oid.eq(GRANTEE))
                .where(HOLDER.name.in(literals(roles)))
                .groupBy(Relations.OID, Relations.SCHEMA, Relations.NAME, HOLDER.name)
                .asTable("each");
        return select(SCHEMA, RELATION, ROLE, PRIVILEGES, count().as(COUNT))
                .from(each)
                .groupBy(SCHEMA, RELATION, ROLE, PRIVILEGES);
    }

    /**
     * Returns the grants of roles on single columns.
     *
     * @return a row per relation, column, role and set of privileges, within {@link #aboutRelations}
     */
    public static Select<?> onColumns(Collection<String> roles) {
        Table<?> each = select(
                        Relations.SCHEMA.as(SCHEMA),
                        Relations.NAME.as(RELATION),
                        PG_ATTRIBUTE.name.as(COLUMN),
                        HOLDER.name.as(ROLE),
                        privileges().as(PRIVILEGES))
                .from(Relations.known())
                .join(PG_ATTRIBUTE)
                .on(PG_ATTRIBUTE.relation.eq(Relations.OID))
                .crossJoin(exploded(PG_ATTRIBUTE.acl))
                .join(HOLDER)
                .on(HOLDER.oid.eq(GRANTEE))
                .where(HOLDER.name.in(literals(roles)))
                .groupBy(Relations.OID, Relations.SCHEMA, Relations.NAME, PG_ATTRIBUTE.name, HOLDER.name)
                .asTable("each");
        return select(SCHEMA, RELATION, COLUMN, ROLE, PRIVILEGES, count().as(COUNT))
                .from(each)
                .groupBy(SCHEMA, RELATION, COLUMN, ROLE, PRIVILEGES);
    }

    /**
     * Returns the columns of tables.
     *
     * @return a row per column
     */
    public static Select<?> columns(Collection<TableName> tables) {
        return selectDistinct(Relations.SCHEMA.as(SCHEMA), Relations.NAME.as(RELATION), PG_ATTRIBUTE.name.as(COLUMN))
                .from(Relations.all(false))
                .join(PG_ATTRIBUTE)
                .on(PG_ATTRIBUTE.relation.eq(Relations.OID))
                .where(row(Relations.SCHEMA, Relations.NAME)
                        .in(tables.stream()
                                .map(each -> row(Sql.literal(each.schema()), Sql.literal(each.table())))
                                .toList()))
                .and(PG_ATTRIBUTE.number.gt(inline(0)))
                .and(not(PG_ATTRIBUTE.dropped));
    }

    /**
     * Returns the schemas with their owners, and the privileges of roles and PUBLIC on them.
     *
     * @return a row per schema and role; the role is null for a schema on which none of them has privileges
     */
    public static Select<?> onSchemas(Collection<String> roles) {
        Table<?> granted = table(
                "lateral (select coalesce(g.rolname, '') as role, x.privilege_type from "
                        + "pg_catalog.aclexplode(coalesce({0}, pg_catalog.acldefault('n', {1}))) as x "
                        + "left join pg_catalog.pg_authid as g on g.oid = x.grantee "
                        + "where x.grantee = 0 or g.rolname in ({2})) as granted",
                PG_NAMESPACE.acl, PG_NAMESPACE.owner, DSL.list(literals(roles)));
        Field<String> role = field(name("granted", "role"), SQLDataType.VARCHAR);
        return select(
                        PG_NAMESPACE.name.as(SCHEMA),
                        PG_AUTHID.name.as(OWNER),
                        role.as(ROLE),
                        field(
                                        "pg_catalog.string_agg({0}, ',')",
                                        SQLDataType.VARCHAR,
                                        field(name("granted", "privilege_type"), SQLDataType.VARCHAR))
                                .as(PRIVILEGES))
                .from(PG_NAMESPACE)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_NAMESPACE.owner))
                .leftJoin(granted)
                .on(DSL.trueCondition())
                .where(Relations.isNotTheSystems())
                .groupBy(PG_NAMESPACE.name, PG_AUTHID.name, role);
    }

    /**
     * Returns the default privileges of roles on new objects.
     *
     * @return a row per owner of the new objects, schema (empty for all), kind of object and role
     */
    public static Select<?> onNewObjects(Collection<String> roles) {
        return select(
                        PG_AUTHID.name.as(OWNER),
                        coalesce(PG_NAMESPACE.name, inline("")).as(SCHEMA),
                        PG_DEFAULT_ACL.type.cast(SQLDataType.VARCHAR).as(KIND),
                        HOLDER.name.as(ROLE),
                        privileges().as(PRIVILEGES))
                .from(PG_DEFAULT_ACL)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_DEFAULT_ACL.role))
                .leftJoin(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_DEFAULT_ACL.namespace))
                .crossJoin(exploded(PG_DEFAULT_ACL.acl))
                .join(HOLDER)
                .on(HOLDER.oid.eq(GRANTEE))
                .where(HOLDER.name.in(literals(roles)))
                .groupBy(PG_AUTHID.name, PG_NAMESPACE.name, PG_DEFAULT_ACL.type, HOLDER.name);
    }

    /**
     * Returns the roles that own objects in the current database.
     *
     * @param roles the roles to check
     * @return a row per role
     */
    public static Select<?> owners(Collection<String> roles) {
        return selectDistinct(PG_AUTHID.name.as(ROLE))
                .from(PG_SHDEPEND)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_SHDEPEND.referenced))
                .join(PG_DATABASE)
                .on(PG_DATABASE.oid.eq(PG_SHDEPEND.database))
                .where(PG_DATABASE.name.eq(Functions.currentDatabase()))
                .and(PG_SHDEPEND.kind.cast(SQLDataType.VARCHAR).eq(inline("o")))
                .and(PG_AUTHID.name.in(literals(roles)));
    }

    private static Table<?> exploded(Field<Object> acl) {
        return table("lateral pg_catalog.aclexplode({0}) as x", acl);
    }

    private static Field<String> privileges() {
        return field("pg_catalog.string_agg(distinct {0}, ',')", SQLDataType.VARCHAR, PRIVILEGE);
    }

    private static List<Param<String>> literals(Collection<String> values) {
        return values.stream().map(Sql::literal).toList();
    }
}
