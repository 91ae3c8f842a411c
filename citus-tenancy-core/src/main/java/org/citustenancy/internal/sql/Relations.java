package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.coalesce;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.exists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.notExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectOne;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgClass.PG_CLASS;
import static org.citustenancy.internal.sql.catalog.PgDepend.PG_DEPEND;
import static org.citustenancy.internal.sql.catalog.PgDistLocalGroup.PG_DIST_LOCAL_GROUP;
import static org.citustenancy.internal.sql.catalog.PgDistPlacement.PG_DIST_PLACEMENT;
import static org.citustenancy.internal.sql.catalog.PgDistShard.PG_DIST_SHARD;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;
import static org.citustenancy.internal.sql.catalog.PgRoles.PG_ROLES;

import java.util.List;
import java.util.stream.Stream;
import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Param;
import org.citustenancy.internal.shaded.jooq.Record6;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.SelectJoinStep;
import org.citustenancy.internal.shaded.jooq.Table;
import org.citustenancy.internal.shaded.jooq.WithStep;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.internal.sql.catalog.PgClass;

/**
 * Queries for the relations of a project on one node: tables, views and sequences under their own names, and shards
 * under the name of their table, because both need the same privileges.
 */
final class Relations {

    static final Field<Long> OID = field(name("relation", "oid"), SQLDataType.BIGINT);
    static final Field<String> SCHEMA = field(name("relation", "schema"), SQLDataType.VARCHAR);
    static final Field<String> NAME = field(name("relation", "name"), SQLDataType.VARCHAR);
    static final Field<String> KIND = field(name("relation", "kind"), SQLDataType.VARCHAR);
    static final Field<String> OWNER = field(name("relation", "owner"), SQLDataType.VARCHAR);
    static final Field<Object> ACL = field(name("relation", "acl"), SQLDataType.OTHER);

    /** Tables, partitioned tables, views, materialised views, foreign tables, sequences. */
    private static final List<Param<String>> KINDS = literals("r", "p", "v", "m", "f", "S");

    private static final List<Param<String>> SYSTEM_SCHEMAS =
            literals("information_schema", "citus", "citus_internal", "columnar", "columnar_internal");

    private static final PgClass LOGICAL = PG_CLASS.named("logical");

    private static final Field<Long> SHARD_OID = field(name("shard", "shard_oid"), SQLDataType.BIGINT);
    private static final Field<String> SHARD_TABLE = field(name("shard", "shard_table"), SQLDataType.VARCHAR);
    private static final Field<String> SHARD_KIND = field(name("shard", "shard_kind"), SQLDataType.VARCHAR);
    private static final Field<Boolean> SHARD_PLACED = field(name("shard", "shard_placed"), SQLDataType.BOOLEAN);

    private Relations() {}

    /** Returns all of them, under the alias of this class's fields. */
    static Table<?> all(boolean citus) {
        return found(citus).asTable("relation");
    }

    /** Returns the same for a query that has already computed them, by {@link #once}. */
    static Table<?> known() {
        return DSL.table(name("relation"));
    }

    /**
     * Computes the relations once for several queries in one. Otherwise each query would plan them again, which takes
     * longer than to find them.
     */
    static WithStep once(boolean citus) {
        return DSL.with("relation").asMaterialized(found(citus));
    }

    private static Select<Record6<Long, String, String, String, String, Object>> found(boolean citus) {
        return citus
                ? withShards()
                : own(PG_CLASS.name, kind(PG_CLASS), tables()).where(areOfProjects());
    }

    /**
     * Returns the relations of projects, with shards under the name of their table. The remains of moves, which no table
     * uses any more and which Citus drops later, are left out.
     */
    private static Select<Record6<Long, String, String, String, String, Object>> withShards() {
        Table<?> shards = shards().asTable("shard");
        return own(
                        coalesce(SHARD_TABLE, PG_CLASS.name),
                        coalesce(SHARD_KIND, kind(PG_CLASS)),
                        tables().leftJoin(shards).on(SHARD_OID.eq(PG_CLASS.oid)))
                .where(areOfProjects())
                .and(SHARD_OID.isNull().or(SHARD_PLACED));
    }

    /** Excludes system schemas, in which a project's users have no tables. */
    static Condition isNotTheSystems() {
        return PG_NAMESPACE
                .name
                .notIn(SYSTEM_SCHEMAS)
                .and(PG_NAMESPACE.name.notLike(inline("pg\\_%")))
                .and(DSL.not(isTheRegistrys()));
    }

    /**
     * Matches the schema of a registry, which the admin has created. A schema of the same name that a project's user
     * has created is the user's. Any role may query this.
     */
    static Condition isTheRegistrys() {
        return PG_NAMESPACE
                .name
                .eq(inline(RegistryStatements.SCHEMA))
                .and(exists(selectOne()
                        .from(PG_ROLES)
                        .where(PG_ROLES.oid.eq(PG_NAMESPACE.owner))
                        .and(PG_ROLES.superuser.eq(inline(true)))));
    }

    private static SelectJoinStep<Record6<Long, String, String, String, String, Object>> own(
            Field<String> name, Field<String> kind, Table<?> from) {
        return select(
                        PG_CLASS.oid.as("oid"),
                        PG_NAMESPACE.name.as("schema"),
                        name.as("name"),
                        kind.as("kind"),
                        PG_AUTHID.name.as("owner"),
                        PG_CLASS.acl.as("acl"))
                .from(from);
    }

    private static Table<?> tables() {
        return PG_CLASS.join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace))
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_CLASS.owner));
    }

    private static Condition areOfProjects() {
        return kind(PG_CLASS).in(KINDS).and(isNotTheSystems()).and(isNoExtensions());
    }

    /** Matches relations that do not belong to an extension. */
    static Condition isNoExtensions() {
        return notExists(selectOne()
                .from(PG_DEPEND)
                .where(PG_DEPEND.objectClass.eq(PG_CLASS.regclass()))
                .and(PG_DEPEND.object.eq(PG_CLASS.oid))
                .and(PG_DEPEND.kind.cast(SQLDataType.VARCHAR).eq(inline("e"))));
    }

    private static Field<String> kind(PgClass relation) {
        return relation.kind.cast(SQLDataType.VARCHAR);
    }

    /** Returns the relations that are named like shards, and whether the metadata places them on this node. */
    private static Select<?> shards() {
        return select(
                        PG_CLASS.oid.as(SHARD_OID),
                        LOGICAL.name.as(SHARD_TABLE),
                        kind(LOGICAL).as(SHARD_KIND),
                        field(PG_DIST_SHARD.id.in(select(PG_DIST_PLACEMENT.shard)
                                        .from(PG_DIST_PLACEMENT)
                                        .join(PG_DIST_LOCAL_GROUP)
                                        .on(PG_DIST_LOCAL_GROUP.group.eq(PG_DIST_PLACEMENT.group))))
                                .as(SHARD_PLACED))
                .from(PG_DIST_SHARD)
                .join(LOGICAL)
                .on(LOGICAL.oid.eq(PG_DIST_SHARD.relation))
                .join(PG_CLASS)
                .on(PG_CLASS.namespace.eq(LOGICAL.namespace).and(PG_CLASS.name.eq(shardName())));
    }

    /** Returns the last part of the name from Citus, which contains the schema for some shards only. */
    static Field<String> shardName() {
        return field(
                "(select p.part[pg_catalog.cardinality(p.part)] "
                        + "from pg_catalog.parse_ident(pg_catalog.shard_name({0}, {1})) as p(part))",
                SQLDataType.VARCHAR, PG_DIST_SHARD.relation, PG_DIST_SHARD.id);
    }

    private static List<Param<String>> literals(String... values) {
        return Stream.of(values).map(Sql::literal).toList();
    }
}
