package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectDistinct;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;

import java.util.Collection;
import java.util.List;
import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Param;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for the effective privileges of roles, from any source: grants, PUBLIC, or membership in another role. */
public final class AccessQueries {

    /** The queried privileges. */
    public static final List<String> ON_TABLES = List.of("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE");

    /** The role. */
    public static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);

    /** The database. */
    public static final Field<String> DATABASE = field(name("database"), SQLDataType.VARCHAR);

    /** The privilege. */
    public static final Field<String> PRIVILEGE = field(name("privilege"), SQLDataType.VARCHAR);

    private AccessQueries() {}

    /**
     * Returns the privileges of roles on tables.
     *
     * @param citus whether the database has Citus
     * @return a row per table, its owner, role and privilege, with the fields of {@link PrivilegeQueries}
     */
    public static Select<?> onTables(boolean citus, Collection<String> roles) {
        Field<String> privilege = field(name("p", "privilege"), SQLDataType.VARCHAR);
        return selectDistinct(
                        Relations.SCHEMA.as(PrivilegeQueries.SCHEMA),
                        Relations.NAME.as(PrivilegeQueries.RELATION),
                        Relations.OWNER.as(PrivilegeQueries.OWNER),
                        PG_AUTHID.name.as(ROLE),
                        privilege.as(PRIVILEGE))
                .from(Relations.all(citus))
                .crossJoin(table(
                        "pg_catalog.unnest(array[{0}]) as p(privilege)",
                        DSL.list(ON_TABLES.stream().map(Sql::literal).toList())))
                .crossJoin(PG_AUTHID)
                .where(PG_AUTHID.name.in(literals(roles)))
                .and(Relations.KIND.ne(inline("S")))
                .and(has("pg_catalog.has_table_privilege({0}, {1}, {2})", PG_AUTHID.oid, Relations.OID, privilege));
    }

    /**
     * Returns the databases to which roles can connect.
     *
     * @return a row per role and database
     */
    public static Select<?> connections(Collection<String> roles, Collection<String> databases) {
        return select(PG_AUTHID.name.as(ROLE), PG_DATABASE.name.as(DATABASE))
                .from(PG_AUTHID)
                .crossJoin(PG_DATABASE)
                .where(PG_AUTHID.name.in(literals(roles)))
                .and(PG_DATABASE.name.in(literals(databases)))
                .and(has(
                        "pg_catalog.has_database_privilege({0}, {1}, {2})",
                        PG_AUTHID.oid, PG_DATABASE.oid, inline("CONNECT")));
    }

    private static Condition has(String template, Field<Long> role, Field<Long> object, Field<String> privilege) {
        return DSL.condition(template, role, object, privilege);
    }

    private static List<Param<String>> literals(Collection<String> values) {
        return values.stream().map(Sql::literal).toList();
    }
}
