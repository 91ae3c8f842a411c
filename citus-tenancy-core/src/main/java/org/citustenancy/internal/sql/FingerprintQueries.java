package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.list;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgAvailableExtensions.PG_AVAILABLE_EXTENSIONS;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDbRoleSetting.PG_DB_ROLE_SETTING;
import static org.citustenancy.internal.sql.catalog.PgShdepend.PG_SHDEPEND;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Queries for the state of projects without connections to their databases, from the catalogs that all databases of a
 * node share. {@code pg_shdepend} is a part of it: a row for each object of a role, and for each privilege that a role
 * has on an object, in any database. It does not contain objects of the first superuser, because PostgreSQL records no
 * dependencies on that role.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-shdepend.html">pg_shdepend</a>
 */
public final class FingerprintQueries {

    /** The database or role of a row; empty for the node itself. */
    public static final Field<String> SUBJECT = field(name("subject"), SQLDataType.VARCHAR);

    /** The fact, for comparison only. It contains only digests of secrets. */
    public static final Field<String> FACT = field(name("fact"), SQLDataType.VARCHAR);

    private FingerprintQueries() {}

    /**
     * Returns the versions of a node's programs.
     *
     * @return a row
     */
    public static Select<?> node() {
        return select(
                        inline("").as(SUBJECT),
                        field(
                                        "pg_catalog.concat_ws(' ', pg_catalog.current_setting('server_version'), {0})",
                                        SQLDataType.VARCHAR, PG_AVAILABLE_EXTENSIONS.version)
                                .as(FACT))
                .from(PG_AVAILABLE_EXTENSIONS)
                .where(PG_AVAILABLE_EXTENSIONS.name.eq(inline("citus")));
    }

    /**
     * Returns databases with owner, limits and privileges.
     *
     * @return a row per database that exists
     */
    public static Select<?> databases(Collection<String> names) {
        return select(
                        PG_DATABASE.name.as(SUBJECT),
                        text(
                                        PG_DATABASE.oid,
                                        PG_DATABASE.owner,
                                        PG_DATABASE.template,
                                        PG_DATABASE.allowsConnections,
                                        PG_DATABASE.connectionLimit,
                                        PG_DATABASE.acl)
                                .as(FACT))
                .from(PG_DATABASE)
                .where(PG_DATABASE.name.in(Sql.values(names)));
    }

    /**
     * Returns the settings of databases, and of roles in them.
     *
     * @return a row per role that has some, and one for PUBLIC
     */
    public static Select<?> settings(Collection<String> names) {
        return select(
                        PG_DATABASE.name.as(SUBJECT),
                        text(PG_DB_ROLE_SETTING.role, PG_DB_ROLE_SETTING.settings)
                                .as(FACT))
                .from(PG_DB_ROLE_SETTING)
                .join(PG_DATABASE)
                .on(PG_DATABASE.oid.eq(PG_DB_ROLE_SETTING.database))
                .where(PG_DATABASE.name.in(Sql.values(names)));
    }

    /**
     * Returns the objects and privileges of roles inside databases.
     *
     * @return a row per database in which a role has any
     */
    public static Select<?> possessions(Collection<String> names) {
        return select(
                        PG_DATABASE.name.as(SUBJECT),
                        field(
                                        "pg_catalog.concat_ws(' ', pg_catalog.count(*), "
                                                + "pg_catalog.sum(pg_catalog.hashtextextended({0}::pg_catalog.text, 0)))",
                                        SQLDataType.VARCHAR, PG_SHDEPEND.getUnqualifiedName())
                                .as(FACT))
                .from(PG_SHDEPEND)
                .join(PG_DATABASE)
                .on(PG_DATABASE.oid.eq(PG_SHDEPEND.database))
                .where(PG_DATABASE.name.in(Sql.values(names)))
                .groupBy(PG_DATABASE.name);
    }

    /**
     * Returns roles with all their attributes.
     *
     * @param names the roles
     * @return a row per role that exists
     */
    public static Select<?> roles(Collection<String> names) {
        return select(
                        PG_AUTHID.name.as(SUBJECT),
                        Sql.digest(field(
                                        "pg_catalog.to_json({0})::pg_catalog.text",
                                        SQLDataType.VARCHAR, PG_AUTHID.getUnqualifiedName()))
                                .as(FACT))
                .from(PG_AUTHID)
                .where(PG_AUTHID.name.in(Sql.values(names)));
    }

    static Field<String> text(Field<?>... fields) {
        return field("pg_catalog.json_build_array({0})::pg_catalog.text", SQLDataType.VARCHAR, list(fields));
    }
}
