package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.coalesce;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.sql.catalog.PgAuthMembers.PG_AUTH_MEMBERS;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgDatabase.PG_DATABASE;
import static org.citustenancy.internal.sql.catalog.PgDbRoleSetting.PG_DB_ROLE_SETTING;
import static org.citustenancy.internal.sql.catalog.PgDistAuthinfo.PG_DIST_AUTHINFO;
import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;
import static org.citustenancy.internal.sql.catalog.PgDistObject.PG_DIST_OBJECT;
import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Queries for the state of a node that any node can answer. Their number does not grow with the number of projects. */
public final class SurveyQueries {

    /** The database of a row. */
    public static final Field<String> DATABASE = field(name("database"), SQLDataType.VARCHAR);

    /** The role of a row; empty for PUBLIC, or for all roles. */
    public static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);

    /** A privilege by its name. */
    public static final Field<String> PRIVILEGE = field(name("privilege"), SQLDataType.VARCHAR);

    /** A setting, as {@code name=value}. */
    public static final Field<String> SETTING = field(name("setting"), SQLDataType.VARCHAR);

    /** Whether a setting belongs to the querying role. */
    public static final Field<Boolean> OF_ADMIN = field(name("of_admin"), SQLDataType.BOOLEAN);

    /** A digest of a secret. */
    public static final Field<String> DIGEST = field(name("digest"), SQLDataType.VARCHAR);

    /** The time until which a password is accepted, in microseconds since 1970, null without a limit. */
    public static final Field<Long> VALID_UNTIL = field(name("valid_until"), SQLDataType.BIGINT);

    /** The owner's name. */
    public static final Field<String> OWNER = field(name("owner"), SQLDataType.VARCHAR);

    private static final Field<Long> GRANTEE = field(name("x", "grantee"), SQLDataType.BIGINT);

    private SurveyQueries() {}

    /**
     * Returns roles with their attributes.
     *
     * @param names the roles
     * @return a row per role that exists
     */
    public static Select<?> roles(Collection<String> names) {
        return select(
                        PG_AUTHID.name,
                        PG_AUTHID.login,
                        PG_AUTHID.superuser,
                        PG_AUTHID.createsDatabases,
                        PG_AUTHID.createsRoles,
                        PG_AUTHID.bypassesRowSecurity,
                        PG_AUTHID.replicates,
                        PG_AUTHID.connectionLimit,
                        field(
                                        "pg_catalog.date_part('epoch', nullif({0}, 'infinity')) * 1000000",
                                        SQLDataType.BIGINT, PG_AUTHID.validUntil)
                                .cast(SQLDataType.BIGINT)
                                .as(VALID_UNTIL),
                        Sql.digest(PG_AUTHID.verifier).as(DIGEST))
                .from(PG_AUTHID)
                .where(PG_AUTHID.name.in(Sql.values(names)));
    }

    /**
     * Returns the members of a role.
     *
     * @return a row per member with {@link #ROLE}
     */
    public static Select<?> members(String role) {
        return select(PG_AUTHID.name.as(ROLE))
                .from(PG_AUTH_MEMBERS)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_AUTH_MEMBERS.member))
                .where(PG_AUTH_MEMBERS.role.eq(field(
                        "(select oid from pg_catalog.pg_authid where rolname = {0})",
                        SQLDataType.BIGINT, Sql.value(role))));
    }

    /**
     * Returns databases, their owners and limits.
     *
     * @return a row per database that exists
     */
    public static Select<?> databases(Collection<String> names) {
        return select(
                        PG_DATABASE.name,
                        PG_AUTHID.name.as(OWNER),
                        PG_DATABASE.allowsConnections,
                        PG_DATABASE.connectionLimit)
                .from(PG_DATABASE)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_DATABASE.owner))
                .where(PG_DATABASE.name.in(Sql.values(names)));
    }

    /**
     * Returns the effective privileges on databases (the defaults if nothing was granted).
     *
     * @return a row per privilege
     */
    public static Select<?> doors(Collection<String> names) {
        Table<?> privileges = table(
                "lateral pg_catalog.aclexplode(coalesce({0}, pg_catalog.acldefault('d', {1}))) as x",
                PG_DATABASE.acl, PG_DATABASE.owner);
        return select(
                        PG_DATABASE.name.as(DATABASE),
                        coalesce(PG_AUTHID.name, inline("")).as(ROLE),
                        field(name("x", "privilege_type"), SQLDataType.VARCHAR).as(PRIVILEGE))
                .from(PG_DATABASE)
                .crossJoin(privileges)
                .leftJoin(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(GRANTEE))
                .where(PG_DATABASE.name.in(Sql.values(names)));
    }

    /**
     * Returns the settings of databases, and of roles in them.
     *
     * @return a row per setting
     */
    public static Select<?> settings(Collection<String> names) {
        return select(
                        PG_DATABASE.name.as(DATABASE),
                        coalesce(PG_AUTHID.name, inline("")).as(ROLE),
                        field(name("u", "setting"), SQLDataType.VARCHAR).as(SETTING),
                        field("coalesce({0} = current_user, false)", SQLDataType.BOOLEAN, PG_AUTHID.name)
                                .as(OF_ADMIN))
                .from(PG_DB_ROLE_SETTING)
                .join(PG_DATABASE)
                .on(PG_DATABASE.oid.eq(PG_DB_ROLE_SETTING.database))
                .leftJoin(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_DB_ROLE_SETTING.role))
                .crossJoin(table("lateral pg_catalog.unnest({0}) as u(setting)", PG_DB_ROLE_SETTING.settings))
                .where(PG_DATABASE.name.in(Sql.values(names)));
    }

    /**
     * Returns the extensions of the current database, and their owners.
     *
     * @return a row per extension
     */
    public static Select<?> extensions() {
        return select(PG_EXTENSION.name, PG_EXTENSION.version, PG_AUTHID.name.as(OWNER))
                .from(PG_EXTENSION)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_EXTENSION.owner));
    }

    /**
     * Returns the nodes that are registered in the current database, which must have Citus.
     *
     * @return a row per node
     */
    public static Select<?> nodes() {
        return select(
                        PG_DIST_NODE.id,
                        PG_DIST_NODE.group,
                        PG_DIST_NODE.host,
                        PG_DIST_NODE.port,
                        PG_DIST_NODE.role.cast(SQLDataType.VARCHAR).as(PG_DIST_NODE.role),
                        PG_DIST_NODE.shards)
                .from(PG_DIST_NODE);
    }

    /**
     * Returns the roles for which the current database, which must have Citus, has a password for other nodes.
     *
     * @return a row per role
     */
    public static Select<?> nodePasswords() {
        return select(
                        PG_DIST_AUTHINFO.role,
                        Sql.digest(PG_DIST_AUTHINFO.authinfo).as(DIGEST))
                .from(PG_DIST_AUTHINFO)
                .where(PG_DIST_AUTHINFO.node.eq(inline(0)));
    }

    /**
     * Returns the roles that Citus has registered as present on every node. The current database must have Citus.
     *
     * @param roles the roles to check
     * @return a row per role
     */
    public static Select<?> rolesKnownToCitus(Collection<String> roles) {
        return select(PG_AUTHID.name)
                .from(PG_DIST_OBJECT)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_DIST_OBJECT.object))
                .where(PG_DIST_OBJECT.objectClass.eq(PG_AUTHID.regclass()))
                .and(PG_AUTHID.name.in(Sql.values(roles)));
    }
}
