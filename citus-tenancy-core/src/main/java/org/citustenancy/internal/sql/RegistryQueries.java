package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.multiset;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.noCondition;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectCount;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectFrom;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgClass.PG_CLASS;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;
import static org.citustenancy.internal.sql.catalog.RegistryDistributionRule.REGISTRY_DISTRIBUTION_RULE;
import static org.citustenancy.internal.sql.catalog.RegistryExtension.REGISTRY_EXTENSION;
import static org.citustenancy.internal.sql.catalog.RegistryOutline.REGISTRY_OUTLINE;
import static org.citustenancy.internal.sql.catalog.RegistryProject.REGISTRY_PROJECT;
import static org.citustenancy.internal.sql.catalog.RegistrySetting.REGISTRY_SETTING;
import static org.citustenancy.internal.sql.catalog.RegistryTableGrant.REGISTRY_TABLE_GRANT;
import static org.citustenancy.internal.sql.catalog.RegistryUser.REGISTRY_USER;
import static org.citustenancy.internal.sql.catalog.RegistryUserSetting.REGISTRY_USER_SETTING;
import static org.citustenancy.internal.sql.catalog.RegistryVersion.REGISTRY_VERSION;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Result;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.SelectField;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Queries for the registry. Each answer comes from one statement, so that no concurrent change occurs between two parts
 * of it. Every row has the version of the registry's tables, and there is one row without a project if there are no
 * projects.
 */
public final class RegistryQueries {

    /** A project's users, in the order of the request. */
    public static final Field<Result<Record>> USERS = multiset(selectFrom(REGISTRY_USER)
                    .where(REGISTRY_USER.project.eq(REGISTRY_PROJECT.name))
                    .orderBy(REGISTRY_USER.position))
            .as("users");

    /** The settings of a project's users. */
    public static final Field<Result<Record>> USER_SETTINGS = multiset(
                    selectFrom(REGISTRY_USER_SETTING).where(REGISTRY_USER_SETTING.project.eq(REGISTRY_PROJECT.name)))
            .as("user_settings");

    /** The tables of a project's table users, in the order of the request. */
    public static final Field<Result<Record>> TABLE_GRANTS = multiset(selectFrom(REGISTRY_TABLE_GRANT)
                    .where(REGISTRY_TABLE_GRANT.project.eq(REGISTRY_PROJECT.name))
                    .orderBy(REGISTRY_TABLE_GRANT.position))
            .as("table_grants");

    /** A project's settings. */
    public static final Field<Result<Record>> SETTINGS = multiset(
                    selectFrom(REGISTRY_SETTING).where(REGISTRY_SETTING.project.eq(REGISTRY_PROJECT.name)))
            .as("settings");

    /** A project's extensions. */
    public static final Field<Result<Record>> EXTENSIONS = multiset(
                    selectFrom(REGISTRY_EXTENSION).where(REGISTRY_EXTENSION.project.eq(REGISTRY_PROJECT.name)))
            .as("extensions");

    /** The rules for the distribution of a project's tables, in their order. */
    public static final Field<Result<Record>> RULES = multiset(selectFrom(REGISTRY_DISTRIBUTION_RULE)
                    .where(REGISTRY_DISTRIBUTION_RULE.project.eq(REGISTRY_PROJECT.name))
                    .orderBy(REGISTRY_DISTRIBUTION_RULE.position))
            .as("rules");

    /** The fingerprint of a project at its last complete observation, or null. */
    public static final Field<String> OUTLINE = field("outline", SQLDataType.VARCHAR);

    /** The number of projects. */
    public static final Field<Integer> COUNT =
            field(selectCount().from(REGISTRY_PROJECT)).as("projects");

    /** The schema of the registry's tables. */
    public static final String SCHEMA = RegistryStatements.SCHEMA;

    private RegistryQueries() {}

    /**
     * Checks whether there is a registry.
     *
     * @return a row if there is one
     */
    public static ResultQuery<? extends Record> exists() {
        return select(PG_NAMESPACE.name).from(PG_NAMESPACE).where(PG_NAMESPACE.name.eq(RegistryStatements.SCHEMA));
    }

    /**
     * Checks whether there is a registry that a superuser has created, so that it contains no object of a project's
     * user.
     *
     * @return a row if there is one
     */
    public static ResultQuery<? extends Record> isTheAdmins() {
        return select(PG_CLASS.name)
                .from(PG_CLASS)
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace))
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_CLASS.owner))
                .where(PG_CLASS.name.eq(inline(REGISTRY_PROJECT.getName())))
                .and(PG_CLASS.kind.cast(SQLDataType.VARCHAR).eq(inline("r")))
                .and(PG_AUTHID.superuser.eq(inline(true)))
                .and(Relations.isTheRegistrys());
    }

    /**
     * Checks whether a project is registered, for a session in any database that {@link #isTheAdmins has a registry}.
     *
     * @return a row if it is
     */
    public static ResultQuery<? extends Record> lists(String project) {
        return select(REGISTRY_PROJECT.name).from(REGISTRY_PROJECT).where(REGISTRY_PROJECT.name.eq(project));
    }

    /**
     * Returns the databases of the server that may have a registry. Databases of projects and templates never have one.
     *
     * @param librarysRole the role that owns the databases of projects
     * @return a row per database that accepts sessions, without the current one
     */
    public static ResultQuery<? extends Record> candidates(String librarysRole) {
        return select(PG_DATABASE.name)
                .from(PG_DATABASE)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_DATABASE.owner))
                .where(PG_DATABASE.allowsConnections.isTrue())
                .and(PG_DATABASE.template.isFalse())
                .and(PG_DATABASE.name.ne(Functions.currentDatabase()))
                .and(PG_AUTHID.name.ne(librarysRole))
                .orderBy(PG_DATABASE.name);
    }

    /**
     * Returns the version of the registry's tables.
     *
     * @return one row
     */
    public static ResultQuery<? extends Record> version() {
        return select(REGISTRY_VERSION.version).from(REGISTRY_VERSION);
    }

    /**
     * Returns the number of projects.
     *
     * @return one row
     */
    public static ResultQuery<? extends Record> count() {
        return select(REGISTRY_VERSION.version, COUNT).from(REGISTRY_VERSION);
    }

    /**
     * Returns all projects with their users, by name.
     *
     * @return a row per project
     */
    public static ResultQuery<Record> projects() {
        return projects(List.of(USERS), noCondition());
    }

    /**
     * Returns some projects with their desired states and, if the registry has them, fingerprints.
     *
     * @param writerVersion the version of this library that must have written the fingerprint
     * @param version the version of the registry's tables
     * @return a row for each that is registered
     */
    public static ResultQuery<Record> entries(Collection<String> names, String writerVersion, int version) {
        List<SelectField<?>> parts = new ArrayList<>(List.of(USERS, USER_SETTINGS, TABLE_GRANTS, SETTINGS, EXTENSIONS));
        parts.add(
                version >= RegistryStatements.VERSION_OF_OUTLINES
                        ? fingerprint(writerVersion).as(OUTLINE)
                        : inline((String) null, SQLDataType.VARCHAR).as(OUTLINE));
        if (version >= RegistryStatements.VERSION_OF_RULES) {
            parts.add(RULES);
        }
        return projects(parts, REGISTRY_PROJECT.name.in(names));
    }

    private static Field<String> fingerprint(String writerVersion) {
        return field(select(REGISTRY_OUTLINE.fingerprint)
                .from(REGISTRY_OUTLINE)
                .where(
                        REGISTRY_OUTLINE.project.eq(REGISTRY_PROJECT.name),
                        REGISTRY_OUTLINE.writerVersion.eq(writerVersion)));
    }

    private static ResultQuery<Record> projects(List<? extends SelectField<?>> parts, Condition which) {
        List<SelectField<?>> columns = new ArrayList<>(List.of(REGISTRY_PROJECT.fields()));
        columns.add(REGISTRY_VERSION.version);
        columns.addAll(parts);
        return select(columns)
                .from(REGISTRY_VERSION)
                .leftJoin(REGISTRY_PROJECT)
                .on(which)
                .orderBy(REGISTRY_PROJECT.name);
    }
}
