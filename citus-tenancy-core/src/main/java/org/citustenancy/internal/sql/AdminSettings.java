package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.condition;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.exists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectOne;
import static org.citustenancy.internal.sql.Sql.identifier;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDbRoleSetting.PG_DB_ROLE_SETTING;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.QueryPart;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Defines the settings with which a superuser's session in a project's database must start. They override those of the
 * database and the project's users. A {@code search_path} that names a schema of the owner first would run an operator
 * of the owner with the privileges of the session; {@code standard_conforming_strings = off} would make a backslash in
 * a table's name end a literal; a timeout would end an operation half-way.
 *
 * <p>Sessions that the library opens get them in the start-up packet. Sessions that Citus opens between nodes cannot,
 * so the admin has them for each project's database on each node: {@code ALTER ROLE ... IN DATABASE ... SET} takes
 * precedence over {@code ALTER DATABASE ... SET}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-alterrole.html">ALTER ROLE</a>
 */
public final class AdminSettings {

    private static final Map<String, List<String>> SETTINGS = settings();

    /** The settings that only a superuser may set. */
    private static final Set<String> OF_SUPERUSERS = Set.of("session_replication_role");

    private AdminSettings() {}

    private static Map<String, List<String>> settings() {
        Map<String, List<String>> settings = new LinkedHashMap<>();
        settings.put("search_path", List.of("pg_catalog", "pg_temp"));
        settings.put("standard_conforming_strings", List.of("on"));
        settings.put("role", List.of("none"));
        settings.put("row_security", List.of("off"));
        settings.put("session_replication_role", List.of("origin"));
        settings.put("default_transaction_read_only", List.of("off"));
        settings.put("default_transaction_isolation", List.of("read committed"));
        settings.put("default_transaction_deferrable", List.of("off"));
        settings.put("statement_timeout", List.of("0"));
        settings.put("lock_timeout", List.of("0"));
        settings.put("idle_in_transaction_session_timeout", List.of("0"));
        settings.put("idle_session_timeout", List.of("0"));
        settings.put("quote_all_identifiers", List.of("off"));
        settings.put("array_nulls", List.of("on"));
        settings.put("bytea_output", List.of("hex"));
        settings.put("default_table_access_method", List.of("heap"));
        settings.put("citus.node_connection_timeout", List.of("30s"));
        return Collections.unmodifiableMap(settings);
    }

    /**
     * Returns the settings by name, each in the format of {@code pg_db_role_setting}.
     *
     * @return in the order in which they are set
     */
    public static Map<String, String> stored() {
        Map<String, String> stored = new LinkedHashMap<>();
        SETTINGS.forEach((name, elements) -> stored.put(name, String.join(", ", elements)));
        return stored;
    }

    /** Returns the settings as options of a start-up packet, with spaces in values escaped for libpq. */
    public static String startupOptions() {
        return startupOptions(setting -> true);
    }

    /** Returns the same for a role that is no superuser, which may not set all of them. */
    public static String startupOptionsOfUser() {
        return startupOptions(setting -> !OF_SUPERUSERS.contains(setting));
    }

    private static String startupOptions(Predicate<String> which) {
        return SETTINGS.entrySet().stream()
                .filter(setting -> which.test(setting.getKey()))
                .map(setting -> "-c " + setting.getKey() + "="
                        + String.join(",", setting.getValue()).replace(" ", "\\ "))
                .collect(Collectors.joining(" "));
    }

    /**
     * Sets them for the role of the session that runs the statement.
     *
     * @param database the database in which they apply
     * @return one statement, which runs in the maintenance database
     */
    public static Query protectCurrentRole(String database) {
        return protect(DSL.keyword("current_user"), database);
    }

    /**
     * Sets them for another role.
     *
     * @param database the database in which they apply
     * @return one statement, which runs in the maintenance database
     */
    public static Query protect(String role, String database) {
        return protect(identifier(role), database);
    }

    private static Query protect(QueryPart role, String database) {
        List<QueryPart> statements = SETTINGS.entrySet().stream()
                .map(setting -> (QueryPart) statement(
                        "alter role {0} in database {1} set {2} = {3};",
                        role,
                        identifier(database),
                        identifier(setting.getKey()),
                        DSL.list(setting.getValue().stream().map(Sql::literal).toList())))
                .toList();
        return statement("do {0}", literal(Sql.text(statement("begin {0} end", Sql.sequence(statements)))));
    }

    /**
     * Checks whether the querying session is safe in the current database: its role has the settings there, or the
     * database belongs to a superuser, so that no other role can set anything for it.
     *
     * @return one row if it is
     */
    public static ResultQuery<? extends Record> holdInCurrentDatabase() {
        List<QueryPart> wanted = stored().entrySet().stream()
                .map(setting -> (QueryPart) literal(setting.getKey() + "=" + setting.getValue()))
                .toList();
        return select(PG_DATABASE.name)
                .from(PG_DATABASE)
                .where(PG_DATABASE.name.eq(Functions.currentDatabase()))
                .and(exists(selectOne()
                                .from(PG_DB_ROLE_SETTING)
                                .where(PG_DB_ROLE_SETTING.database.eq(PG_DATABASE.oid))
                                .and(PG_DB_ROLE_SETTING.role.eq(field(
                                        "(select oid from pg_catalog.pg_authid where rolname = current_user)",
                                        SQLDataType.BIGINT)))
                                .and(condition(
                                        "{0} @> array[{1}]::pg_catalog.text[]",
                                        PG_DB_ROLE_SETTING.settings, DSL.list(wanted))))
                        .or(exists(selectOne()
                                .from(PG_AUTHID)
                                .where(PG_AUTHID.oid.eq(PG_DATABASE.owner))
                                .and(PG_AUTHID.superuser.eq(inline(true))))));
    }
}
