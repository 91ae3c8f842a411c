package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDbRoleSetting.PG_DB_ROLE_SETTING;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for the settings with which sessions of roles start. */
public final class RoleSettingQueries {

    /** The role. */
    public static final Field<String> ROLE = field(name("role_name"), SQLDataType.VARCHAR);

    /** The setting's name. The query does not read its value. */
    public static final Field<String> SETTING = field(name("setting_name"), SQLDataType.VARCHAR);

    /** Whether it applies in one database only. */
    public static final Field<Boolean> IN_DATABASE = field(name("in_database"), SQLDataType.BOOLEAN);

    private RoleSettingQueries() {}

    /**
     * Returns the settings of roles in a database, and in all of them.
     *
     * @return a row per role and setting, with {@link #ROLE}, {@link #SETTING} and {@link #IN_DATABASE}
     */
    public static Select<?> settings(Collection<String> roles, String database) {
        return select(
                        PG_AUTHID.name.as(ROLE),
                        field("pg_catalog.split_part(u.setting, '=', 1)", SQLDataType.VARCHAR)
                                .as(SETTING),
                        field(PG_DB_ROLE_SETTING.database.ne(inline(0L))).as(IN_DATABASE))
                .from(PG_DB_ROLE_SETTING)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_DB_ROLE_SETTING.role))
                .leftJoin(PG_DATABASE)
                .on(PG_DATABASE.oid.eq(PG_DB_ROLE_SETTING.database))
                .crossJoin(table("lateral pg_catalog.unnest({0}) as u(setting)", PG_DB_ROLE_SETTING.settings))
                .where(PG_AUTHID.name.in(Sql.values(roles)))
                .and(PG_DB_ROLE_SETTING.database.eq(inline(0L)).or(PG_DATABASE.name.eq(Sql.value(database))));
    }
}
