package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.withRecursive;
import static org.citustenancy.internal.sql.FingerprintQueries.FACT;
import static org.citustenancy.internal.sql.FingerprintQueries.SUBJECT;
import static org.citustenancy.internal.sql.FingerprintQueries.text;
import static org.citustenancy.internal.sql.catalog.PgAuthMembers.PG_AUTH_MEMBERS;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDbRoleSetting.PG_DB_ROLE_SETTING;
import static org.citustenancy.internal.sql.catalog.PgShdepend.PG_SHDEPEND;
import static org.citustenancy.internal.sql.catalog.PgStatDatabase.PG_STAT_DATABASE;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Name;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Queries for what changes with every write inside a database, and for what {@link FingerprintQueries} leaves out. The
 * cumulative statistics count the rows of catalogs, too, so that no statement which changes an object leaves them as
 * they were.
 *
 * @see <a href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-DATABASE-VIEW">
 *     pg_stat_database</a>
 */
public final class WriteMarkQueries {

    private WriteMarkQueries() {}

    /**
     * Returns the numbers of rows that were written in databases.
     *
     * @return a row per database that exists
     */
    public static Select<?> writes(Collection<String> names) {
        return select(
                        PG_DATABASE.name.as(SUBJECT),
                        text(
                                        PG_STAT_DATABASE.inserted,
                                        PG_STAT_DATABASE.updated,
                                        PG_STAT_DATABASE.deleted,
                                        PG_STAT_DATABASE.resetAt)
                                .as(FACT))
                .from(PG_STAT_DATABASE)
                .join(PG_DATABASE)
                .on(PG_DATABASE.oid.eq(PG_STAT_DATABASE.database))
                .where(PG_DATABASE.name.in(Sql.values(names)));
    }

    /**
     * Returns what tells the server and its statistics apart from others: a crash resets the statistics. Also returns a
     * digest of the rules by which the server accepts clients. Where a setting disables the counters, no result is ever
     * the same again. Only a superuser may have such a setting; the value of another one may contain its name.
     *
     * @return one row
     */
    public static Select<?> server() {
        return select(inline("").as(SUBJECT), field("""
                        pg_catalog.json_build_array(\
                        (select system_identifier from pg_catalog.pg_control_system()), \
                        case when pg_catalog.pg_is_in_recovery() then 'standby' \
                        else pg_catalog.substr(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 1, 8) end, \
                        (select stats_reset from pg_catalog.pg_stat_wal), \
                        case when pg_catalog.current_setting('track_counts')::pg_catalog.bool and not exists \
                        (select 1 from pg_catalog.pg_db_role_setting, pg_catalog.unnest(setconfig) as setting \
                        where setting like 'track_counts=%') \
                        then null else pg_catalog.clock_timestamp() end, \
                        (select pg_catalog.md5(pg_catalog.string_agg(rules::pg_catalog.text, ',' \
                        order by rules::pg_catalog.text)) \
                        from pg_catalog.pg_hba_file_rules as rules))::pg_catalog.text""", SQLDataType.VARCHAR).as(FACT));
    }

    /**
     * Returns the memberships of roles, also those that they have through others, and their members.
     *
     * @return a row per membership
     */
    public static Select<?> memberships(Collection<String> roles) {
        Name through = name("through");
        Field<String> root = field(name("through", "root"), SQLDataType.VARCHAR);
        Field<Long> role = field(name("through", "role"), SQLDataType.BIGINT);
        Field<String> line = field(name("through", "line"), SQLDataType.VARCHAR);
        return withRecursive(through.fields("root", "role", "line")
                        .as(select(PG_AUTHID.name, PG_AUTH_MEMBERS.role, row(PG_AUTH_MEMBERS))
                                .from(PG_AUTHID)
                                .join(PG_AUTH_MEMBERS)
                                .on(PG_AUTH_MEMBERS.member.eq(PG_AUTHID.oid))
                                .where(PG_AUTHID.name.in(Sql.values(roles)))
                                .union(select(root, PG_AUTH_MEMBERS.role, row(PG_AUTH_MEMBERS))
                                        .from(table(through))
                                        .join(PG_AUTH_MEMBERS)
                                        .on(PG_AUTH_MEMBERS.member.eq(role)))))
                .select(root.as(SUBJECT), line.as(FACT))
                .from(table(through))
                .unionAll(select(PG_AUTHID.name, row(PG_AUTH_MEMBERS))
                        .from(PG_AUTHID)
                        .join(PG_AUTH_MEMBERS)
                        .on(PG_AUTH_MEMBERS.role.eq(PG_AUTHID.oid))
                        .where(PG_AUTHID.name.in(Sql.values(roles))));
    }

    /**
     * Returns what roles own and have privileges on outside of databases, such as other databases.
     *
     * @return a row per object
     */
    public static Select<?> sharedObjects(Collection<String> roles) {
        return select(PG_AUTHID.name.as(SUBJECT), row(PG_SHDEPEND).as(FACT))
                .from(PG_SHDEPEND)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_SHDEPEND.referenced))
                .where(PG_SHDEPEND.referencedClass.eq(PG_AUTHID.regclass()))
                .and(PG_SHDEPEND.database.eq(inline(0L)))
                .and(PG_AUTHID.name.in(Sql.values(roles)));
    }

    private static Field<String> row(Table<?> table) {
        return field("pg_catalog.to_json({0})::pg_catalog.text", SQLDataType.VARCHAR, table.getUnqualifiedName());
    }

    /**
     * Returns the settings of roles in any database.
     *
     * @return a row per role and database with settings
     */
    public static Select<?> settings(Collection<String> roles) {
        return select(
                        PG_AUTHID.name.as(SUBJECT),
                        text(PG_DB_ROLE_SETTING.database, PG_DB_ROLE_SETTING.settings)
                                .as(FACT))
                .from(PG_AUTHID)
                .join(PG_DB_ROLE_SETTING)
                .on(PG_DB_ROLE_SETTING.role.eq(PG_AUTHID.oid))
                .where(PG_AUTHID.name.in(Sql.values(roles)));
    }
}
