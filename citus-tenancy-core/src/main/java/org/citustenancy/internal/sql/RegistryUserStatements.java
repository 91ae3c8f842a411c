package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.sql.catalog.RegistryTableGrant.REGISTRY_TABLE_GRANT;
import static org.citustenancy.internal.sql.catalog.RegistryUser.REGISTRY_USER;
import static org.citustenancy.internal.sql.catalog.RegistryUserSetting.REGISTRY_USER_SETTING;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Query;
import org.jspecify.annotations.Nullable;

/** Statements for the users of projects in the registry, which contains no passwords of them. */
public final class RegistryUserStatements {

    private RegistryUserStatements() {}

    /** Removes a user of a project, with settings and tables. */
    public static Query remove(String project, String user) {
        return deleteFrom(REGISTRY_USER)
                .where(REGISTRY_USER.project.eq(project))
                .and(REGISTRY_USER.name.eq(user));
    }

    /**
     * Saves a user of a project.
     *
     * @param position the user's place among the users
     * @param level the access level's word
     * @param connectionLimit the user's limit, or null
     * @param validUntil the time until which the password is accepted, or null
     * @param passwordPending whether a password was generated that was not returned to a caller yet
     */
    public static Query save(
            String project,
            int position,
            String user,
            String level,
            String[] schemas,
            @Nullable Integer connectionLimit,
            @Nullable OffsetDateTime validUntil,
            boolean passwordPending) {
        return insertInto(REGISTRY_USER)
                .set(REGISTRY_USER.project, project)
                .set(REGISTRY_USER.position, position)
                .set(REGISTRY_USER.name, user)
                .set(REGISTRY_USER.level, level)
                .set(REGISTRY_USER.schemas, schemas)
                .set(REGISTRY_USER.connectionLimit, connectionLimit)
                .set(REGISTRY_USER.validUntil, validUntil)
                .set(REGISTRY_USER.passwordPending, passwordPending);
    }

    /** Saves a setting of a user of a project. */
    public static Query saveSetting(String project, String user, String setting, String value) {
        return insertInto(REGISTRY_USER_SETTING)
                .set(REGISTRY_USER_SETTING.project, project)
                .set(REGISTRY_USER_SETTING.user, user)
                .set(REGISTRY_USER_SETTING.name, setting)
                .set(REGISTRY_USER_SETTING.value, value);
    }

    /**
     * Saves a table of a table user of a project.
     *
     * @param position the table's place among the user's tables
     * @param columns the only columns of the grant, empty for all
     */
    public static Query saveGrant(
            String project,
            String user,
            int position,
            String schema,
            String table,
            String[] privileges,
            String[] columns) {
        return insertInto(REGISTRY_TABLE_GRANT)
                .set(REGISTRY_TABLE_GRANT.project, project)
                .set(REGISTRY_TABLE_GRANT.user, user)
                .set(REGISTRY_TABLE_GRANT.position, position)
                .set(REGISTRY_TABLE_GRANT.schema, schema)
                .set(REGISTRY_TABLE_GRANT.table, table)
                .set(REGISTRY_TABLE_GRANT.privileges, privileges)
                .set(REGISTRY_TABLE_GRANT.columns, columns);
    }
}
