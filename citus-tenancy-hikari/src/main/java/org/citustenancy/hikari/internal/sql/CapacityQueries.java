package org.citustenancy.hikari.internal.sql;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record2;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries of a server's connection limits. Any role may run them. */
public final class CapacityQueries {

    /** The name of a setting, a database or a role. */
    public static final Field<String> NAME = DSL.field(DSL.name("name"), SQLDataType.VARCHAR);

    /** Its number of connections; negative for no limit. */
    public static final Field<Integer> CONNECTIONS = DSL.field(DSL.name("connections"), SQLDataType.INTEGER);

    private static final Table<?> PG_SETTINGS = DSL.table(DSL.name("pg_catalog", "pg_settings"));
    private static final Table<?> PG_DATABASE = DSL.table(DSL.name("pg_catalog", "pg_database"));
    private static final Table<?> PG_ROLES = DSL.table(DSL.name("pg_catalog", "pg_roles"));

    private CapacityQueries() {}

    /**
     * Selects the numeric values of settings.
     *
     * @param settings their names; names that the server does not have are omitted
     */
    public static Select<Record2<String, Integer>> settings(Collection<String> settings) {
        Field<String> name = DSL.field(DSL.name("name"), SQLDataType.VARCHAR);
        Field<Integer> setting =
                DSL.field(DSL.name("setting"), SQLDataType.VARCHAR).cast(SQLDataType.INTEGER);
        return DSL.select(name.as(NAME), setting.as(CONNECTIONS))
                .from(PG_SETTINGS)
                .where(name.in(settings));
    }

    /** Selects the limits of databases. */
    public static Select<Record2<String, Integer>> databases(Collection<String> databases) {
        return limits(PG_DATABASE, "datname", "datconnlimit", databases);
    }

    /** Selects the limits of roles. */
    public static Select<Record2<String, Integer>> roles(Collection<String> roles) {
        return limits(PG_ROLES, "rolname", "rolconnlimit", roles);
    }

    private static Select<Record2<String, Integer>> limits(
            Table<?> table, String nameColumn, String limitColumn, Collection<String> names) {
        Field<String> name = DSL.field(DSL.name(nameColumn), SQLDataType.VARCHAR);
        Field<Integer> limit = DSL.field(DSL.name(limitColumn), SQLDataType.INTEGER);
        return DSL.select(name.as(NAME), limit.as(CONNECTIONS))
                .from(table)
                .where(name.in(names).and(limit.ge(0)));
    }
}
