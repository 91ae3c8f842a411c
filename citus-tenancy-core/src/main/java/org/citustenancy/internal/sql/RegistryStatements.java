package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.constraint;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.createSchema;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.createTable;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.currentOffsetDateTime;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.update;
import static org.citustenancy.internal.sql.catalog.RegistryExtension.REGISTRY_EXTENSION;
import static org.citustenancy.internal.sql.catalog.RegistryOutline.REGISTRY_OUTLINE;
import static org.citustenancy.internal.sql.catalog.RegistryPool.REGISTRY_POOL;
import static org.citustenancy.internal.sql.catalog.RegistryProject.REGISTRY_PROJECT;
import static org.citustenancy.internal.sql.catalog.RegistrySetting.REGISTRY_SETTING;
import static org.citustenancy.internal.sql.catalog.RegistryTableGrant.REGISTRY_TABLE_GRANT;
import static org.citustenancy.internal.sql.catalog.RegistryUser.REGISTRY_USER;
import static org.citustenancy.internal.sql.catalog.RegistryUserSetting.REGISTRY_USER_SETTING;
import static org.citustenancy.internal.sql.catalog.RegistryVersion.REGISTRY_VERSION;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.citustenancy.internal.shaded.jooq.ConstraintForeignKeyOnStep;
import org.citustenancy.internal.shaded.jooq.CreateTableElementListStep;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Statements that create and write the tables of the registry. */
public final class RegistryStatements {

    /** The version of the registry's tables that this library writes. */
    public static final int VERSION = 9;

    /** The first version with the pools that applications declare. */
    public static final int VERSION_OF_POOLS = 2;

    /** The first version with the fingerprints of projects. */
    public static final int VERSION_OF_OUTLINES = 3;

    /**
     * The first version under which databases belong to the library's role. Its tables are those of the version before.
     * An older library, which would give the databases back to the projects' owners, refuses it.
     */
    public static final int VERSION_OF_OWNERSHIP = 4;

    /** The first version with the former passwords of users. */
    public static final int VERSION_OF_PASSWORDS = 5;

    /** The first version with the last known servers of the nodes, and with services. */
    public static final int VERSION_OF_SERVERS = 6;

    /** The first version with the workers that are leaving. */
    public static final int VERSION_OF_LEAVING_WORKERS = 7;

    /** The first version with the last verification and the last known contents of each project. */
    public static final int VERSION_OF_VERIFICATIONS = 8;

    /** The first version with the rules for the distribution of tables. */
    public static final int VERSION_OF_RULES = 9;

    /** The schema of the tables. */
    static final String SCHEMA = "citus_tenancy";

    private RegistryStatements() {}

    /**
     * Upgrades the registry from the version before to a version, or creates the first one. The statements of a
     * released version never change.
     *
     * @return statements for one transaction
     */
    public static List<Query> upgrade(int version) {
        List<Query> statements = new ArrayList<>(created(version));
        if (version > 1) {
            statements.add(update(REGISTRY_VERSION).set(REGISTRY_VERSION.version, version));
        }
        return statements;
    }

    private static List<Query> created(int version) {
        return switch (version) {
            case 1 -> first();
            case VERSION_OF_POOLS ->
                List.of(ofProject(REGISTRY_POOL, REGISTRY_POOL.project, REGISTRY_POOL.application));
            case VERSION_OF_OUTLINES -> List.of(oneOfProject(REGISTRY_OUTLINE, REGISTRY_OUTLINE.project));
            // An unchanged project lacks what this version requires, so its fingerprint is deleted.
            case VERSION_OF_OWNERSHIP -> List.of(deleteFrom(REGISTRY_OUTLINE));
            case VERSION_OF_PASSWORDS -> RegistryPasswordStatements.createTables();
            case VERSION_OF_SERVERS -> RegistryServerStatements.createTables();
            case VERSION_OF_LEAVING_WORKERS -> List.of(RegistryLeavingStatements.createTable());
            case VERSION_OF_VERIFICATIONS -> {
                List<Query> tables = new ArrayList<>(RegistryVerificationStatements.createTables());
                tables.add(RegistryContentsStatements.createTable());
                yield tables;
            }
            case VERSION_OF_RULES -> List.of(RegistryRuleStatements.createTable());
            default -> throw new IllegalArgumentException("There is no version " + version + " of the registry");
        };
    }

    private static List<Query> first() {
        return List.of(
                createSchema(name(SCHEMA)),
                createTable(REGISTRY_VERSION).columns(REGISTRY_VERSION.fields()),
                insertInto(REGISTRY_VERSION, REGISTRY_VERSION.version).values(1),
                createTable(REGISTRY_PROJECT)
                        .columns(REGISTRY_PROJECT.fields())
                        .constraints(constraint("project_key").primaryKey(REGISTRY_PROJECT.name)),
                ofProject(REGISTRY_USER, REGISTRY_USER.project, REGISTRY_USER.name),
                ofUser(
                        REGISTRY_USER_SETTING,
                        REGISTRY_USER_SETTING.project,
                        REGISTRY_USER_SETTING.user,
                        REGISTRY_USER_SETTING.name),
                ofUser(
                        REGISTRY_TABLE_GRANT,
                        REGISTRY_TABLE_GRANT.project,
                        REGISTRY_TABLE_GRANT.user,
                        REGISTRY_TABLE_GRANT.position),
                ofProject(REGISTRY_SETTING, REGISTRY_SETTING.project, REGISTRY_SETTING.name),
                ofProject(REGISTRY_EXTENSION, REGISTRY_EXTENSION.project, REGISTRY_EXTENSION.name));
    }

    static CreateTableElementListStep oneOfProject(Table<?> table, Field<String> project) {
        return createTable(table)
                .columns(table.fields())
                .constraints(constraint(table.getName() + "_key").primaryKey(project), project(table, project));
    }

    static CreateTableElementListStep ofProject(Table<?> table, Field<String> project, Field<?> key) {
        return createTable(table)
                .columns(table.fields())
                .constraints(constraint(table.getName() + "_key").primaryKey(project, key), project(table, project));
    }

    private static ConstraintForeignKeyOnStep project(Table<?> table, Field<String> project) {
        return constraint(table.getName() + "_project")
                .foreignKey(project)
                .references(REGISTRY_PROJECT, REGISTRY_PROJECT.name)
                .onDeleteCascade();
    }

    private static CreateTableElementListStep ofUser(
            Table<?> table, Field<String> project, Field<String> user, Field<?> key) {
        return createTable(table)
                .columns(table.fields())
                .constraints(
                        constraint(table.getName() + "_key").primaryKey(project, user, key),
                        constraint(table.getName() + "_user")
                                .foreignKey(project, user)
                                .references(REGISTRY_USER, REGISTRY_USER.project, REGISTRY_USER.name)
                                .onDeleteCascade());
    }

    /**
     * Saves a project, new or changed.
     *
     * @param connectionLimit its limit, or null
     * @param nodeAuthentication how nodes authenticate its users
     * @param writerVersion the version of the library that writes it
     */
    public static Query save(
            String project,
            String state,
            @Nullable Integer connectionLimit,
            String nodeAuthentication,
            String writerVersion) {
        return insertInto(REGISTRY_PROJECT)
                .set(REGISTRY_PROJECT.name, project)
                .set(REGISTRY_PROJECT.state, state)
                .set(REGISTRY_PROJECT.connectionLimit, connectionLimit)
                .set(REGISTRY_PROJECT.nodeAuthentication, nodeAuthentication)
                .set(REGISTRY_PROJECT.createdAt, currentOffsetDateTime())
                .set(REGISTRY_PROJECT.changedAt, currentOffsetDateTime())
                .set(REGISTRY_PROJECT.writerVersion, writerVersion)
                .onConflict(REGISTRY_PROJECT.name)
                .doUpdate()
                .set(REGISTRY_PROJECT.state, state)
                .set(REGISTRY_PROJECT.connectionLimit, connectionLimit)
                .set(REGISTRY_PROJECT.nodeAuthentication, nodeAuthentication)
                .set(REGISTRY_PROJECT.changedAt, currentOffsetDateTime())
                .set(REGISTRY_PROJECT.writerVersion, writerVersion);
    }

    /** Saves a setting of a project. */
    public static Query saveSetting(String project, String setting, String value) {
        return insertInto(REGISTRY_SETTING)
                .set(REGISTRY_SETTING.project, project)
                .set(REGISTRY_SETTING.name, setting)
                .set(REGISTRY_SETTING.value, value)
                .onConflict(REGISTRY_SETTING.project, REGISTRY_SETTING.name)
                .doUpdate()
                .set(REGISTRY_SETTING.value, value);
    }

    /** Saves an extension of a project. */
    public static Query saveExtension(String project, String extension) {
        return insertInto(REGISTRY_EXTENSION)
                .set(REGISTRY_EXTENSION.project, project)
                .set(REGISTRY_EXTENSION.name, extension)
                .onConflictDoNothing();
    }

    /** Changes a project's state. */
    public static Query mark(String project, String state) {
        return update(REGISTRY_PROJECT)
                .set(REGISTRY_PROJECT.state, state)
                .set(REGISTRY_PROJECT.changedAt, currentOffsetDateTime())
                .where(REGISTRY_PROJECT.name.eq(project));
    }

    /**
     * Changes the state of those projects that are in a certain one.
     *
     * @param from their current state
     * @param to their new state
     * @return name and time of change of those that were in that state
     */
    public static ResultQuery<? extends Record> beginChange(Collection<String> projects, String from, String to) {
        return update(REGISTRY_PROJECT)
                .set(REGISTRY_PROJECT.state, to)
                .set(REGISTRY_PROJECT.changedAt, currentOffsetDateTime())
                .where(REGISTRY_PROJECT.name.in(projects), REGISTRY_PROJECT.state.eq(from))
                .returning(REGISTRY_PROJECT.name, REGISTRY_PROJECT.changedAt);
    }

    /**
     * Changes the state of a project if it has not changed since the given time.
     *
     * @param from its current state
     * @param since the time when it got that state
     * @param to its new state
     */
    public static Query endChange(String project, String from, OffsetDateTime since, String to) {
        return update(REGISTRY_PROJECT)
                .set(REGISTRY_PROJECT.state, to)
                .where(
                        REGISTRY_PROJECT.name.eq(project),
                        REGISTRY_PROJECT.state.eq(from),
                        REGISTRY_PROJECT.changedAt.eq(since));
    }

    /** Removes a project. */
    public static Query remove(String project) {
        return deleteFrom(REGISTRY_PROJECT).where(REGISTRY_PROJECT.name.eq(project));
    }
}
