package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.exists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.min;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.notExists;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectDistinct;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectOne;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.unquotedName;
import static org.citustenancy.internal.sql.catalog.PgAuthid.PG_AUTHID;
import static org.citustenancy.internal.sql.catalog.PgClass.PG_CLASS;
import static org.citustenancy.internal.sql.catalog.PgDistColocation.PG_DIST_COLOCATION;
import static org.citustenancy.internal.sql.catalog.PgDistObject.PG_DIST_OBJECT;
import static org.citustenancy.internal.sql.catalog.PgDistPartition.PG_DIST_PARTITION;
import static org.citustenancy.internal.sql.catalog.PgDistPlacement.PG_DIST_PLACEMENT;
import static org.citustenancy.internal.sql.catalog.PgDistSchema.PG_DIST_SCHEMA;
import static org.citustenancy.internal.sql.catalog.PgDistShard.PG_DIST_SHARD;
import static org.citustenancy.internal.sql.catalog.PgExtension.PG_EXTENSION;
import static org.citustenancy.internal.sql.catalog.PgNamespace.PG_NAMESPACE;
import static org.citustenancy.internal.sql.catalog.PgProc.PG_PROC;
import static org.citustenancy.internal.sql.catalog.PgShdepend.PG_SHDEPEND;

import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.SelectHavingStep;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.internal.sql.catalog.PgClass;

/** Queries for the properties of a project that a backup records and a restore compares. */
public final class BackupQueries {

    /** The schema of a table, sequence or view. */
    public static final Field<String> SCHEMA = field(name("schema"), SQLDataType.VARCHAR);

    /** Its name. */
    public static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR);

    /** Its kind, a letter as in {@code pg_class}. */
    public static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);

    /** How Citus distributes it, null if it is not in the metadata of Citus. */
    public static final Field<String> METHOD = field(name("method"), SQLDataType.VARCHAR);

    /** The replication model of its shards. */
    public static final Field<String> MODEL = field(name("model"), SQLDataType.VARCHAR);

    /** The distribution column. */
    public static final Field<String> COLUMN = field(name("column"), SQLDataType.VARCHAR);

    /** The colocation group. */
    public static final Field<Integer> GROUP = field(name("colocation"), SQLDataType.INTEGER);

    /** How many shards it has. */
    public static final Field<Integer> SHARDS = field(name("shards"), SQLDataType.INTEGER);

    /** Whether it is a partition. */
    public static final Field<Boolean> PARTITION = field(name("partition"), SQLDataType.BOOLEAN);

    /** Whether its schema is distributed. */
    public static final Field<Boolean> SCHEMA_SHARDED = field(name("schema_sharded"), SQLDataType.BOOLEAN);

    /** The columns that store values (not generated ones), as a JSON array. */
    public static final Field<String> COLUMNS = field(name("columns"), SQLDataType.VARCHAR);

    /** The relation that holds a shard. */
    public static final Field<String> SHARD = field(name("shard"), SQLDataType.VARCHAR);

    /** The group of the node that holds it. */
    public static final Field<Integer> NODE_GROUP = field(name("node_group"), SQLDataType.INTEGER);

    /** The lowest hash value of a shard, null if its table has one shard. */
    public static final Field<Integer> FIRST = field(name("first_hash"), SQLDataType.INTEGER);

    /** The highest hash value of a shard. */
    public static final Field<Integer> LAST = field(name("last_hash"), SQLDataType.INTEGER);

    /** A number of bytes, rows or objects. */
    public static final Field<Long> NUMBER = field(name("number"), SQLDataType.BIGINT);

    /** Whether the role is a superuser. */
    public static final Field<Boolean> SUPERUSER = field(name("superuser"), SQLDataType.BOOLEAN);

    /** Rows in a chunk group of a columnar table. */
    public static final Field<Integer> CHUNK_ROWS = field(name("chunk_group_row_limit"), SQLDataType.INTEGER);

    /** Rows in a stripe of a columnar table. */
    public static final Field<Integer> STRIPE_ROWS = field(name("stripe_row_limit"), SQLDataType.INTEGER);

    /** The compression of a columnar table. */
    public static final Field<String> COMPRESSION = field(name("compression"), SQLDataType.VARCHAR);

    /** The compression's level. */
    public static final Field<Integer> LEVEL = field(name("compression_level"), SQLDataType.INTEGER);

    /** The argument by which a function is distributed. */
    public static final Field<String> ARGUMENT = field(name("argument"), SQLDataType.VARCHAR);

    /** Whether a function is delegated even from within a transaction. */
    public static final Field<Boolean> FORCED = field(name("forced"), SQLDataType.BOOLEAN);

    static final PgClass LOGICAL = PG_CLASS.named("logical");

    private BackupQueries() {}

    /**
     * Converts a query to one with a single text as its result, for nodes that are reached through the coordinator.
     *
     * @return its rows as a JSON array
     */
    public static Select<?> asJson(Select<?> question) {
        return select(Functions.rowsAsJson("x")).from(table("({0}) as x", question));
    }

    /**
     * Converts a query for names to one with a single text as its result.
     *
     * @param question a query with {@link #NAME}
     * @return the names as a JSON array
     */
    public static Select<?> namesAsJson(Select<?> question) {
        return select(Functions.asJson(field(unquotedName("x", "name")))).from(table("({0}) as x", question));
    }

    /**
     * Returns the version of PostgreSQL.
     *
     * @return a row with {@link #NUMBER}
     */
    public static ResultQuery<? extends Record> version() {
        return select(field("pg_catalog.current_setting('server_version_num')::pg_catalog.int8", SQLDataType.BIGINT)
                .as(NUMBER));
    }

    /**
     * Returns every table of the project, with its distribution.
     *
     * @return a row per table
     */
    public static ResultQuery<? extends Record> tables() {
        return select(
                        PG_NAMESPACE.name.as(SCHEMA),
                        PG_CLASS.name.as(NAME),
                        PG_CLASS.kind.cast(SQLDataType.VARCHAR).as(KIND),
                        PG_DIST_PARTITION.method.cast(SQLDataType.VARCHAR).as(METHOD),
                        PG_DIST_PARTITION.replication.cast(SQLDataType.VARCHAR).as(MODEL),
                        field(
                                        "pg_catalog.column_to_column_name({0}, {1})",
                                        SQLDataType.VARCHAR, PG_DIST_PARTITION.relation, PG_DIST_PARTITION.key)
                                .as(COLUMN),
                        PG_DIST_PARTITION.colocation.as(GROUP),
                        PG_DIST_COLOCATION.shards.as(SHARDS),
                        PG_CLASS.partition.as(PARTITION),
                        field(exists(selectOne()
                                        .from(PG_DIST_SCHEMA)
                                        .where(PG_DIST_SCHEMA.schema.eq(PG_CLASS.namespace))))
                                .as(SCHEMA_SHARDED),
                        field(
                                        "(select coalesce(pg_catalog.json_agg(a.attname order by a.attnum), '[]') "
                                                + "from pg_catalog.pg_attribute as a where a.attrelid = {0} "
                                                + "and a.attnum > 0 and not a.attisdropped and a.attgenerated = '')",
                                        SQLDataType.VARCHAR, PG_CLASS.oid)
                                .cast(SQLDataType.VARCHAR)
                                .as(COLUMNS))
                .from(PG_CLASS)
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace))
                .leftJoin(PG_DIST_PARTITION)
                .on(PG_DIST_PARTITION.relation.eq(PG_CLASS.oid))
                .leftJoin(PG_DIST_COLOCATION)
                .on(PG_DIST_COLOCATION.id.eq(PG_DIST_PARTITION.colocation))
                .where(PG_CLASS.kind.cast(SQLDataType.VARCHAR).in(inline("r"), inline("p")))
                .and(Relations.isNotTheSystems())
                .and(isNoExtensions())
                .and(DSL.not(DSL.condition("pg_catalog.relation_is_a_known_shard({0})", PG_CLASS.oid)))
                .orderBy(PG_NAMESPACE.name, PG_CLASS.name);
    }

    private static Condition isNoExtensions() {
        return notExists(selectOne()
                .from(table("pg_catalog.pg_depend").as("d"))
                .where("d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass")
                .and("d.objid = {0}", PG_CLASS.oid)
                .and("d.deptype = 'e'"));
    }

    /**
     * Returns the storage options of columnar tables, if the extension exists.
     *
     * @return a row per table
     */
    public static ResultQuery<? extends Record> columnar() {
        return select(PG_NAMESPACE.name.as(SCHEMA), PG_CLASS.name.as(NAME), CHUNK_ROWS, STRIPE_ROWS, COMPRESSION, LEVEL)
                .from(table("columnar.options").as("o"))
                .join(PG_CLASS)
                .on("o.relation = {0}", PG_CLASS.oid)
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace));
    }

    /**
     * Returns one placement of each shard with rows, on the coordinator if it has one.
     *
     * @return a row per shard
     */
    public static ResultQuery<? extends Record> shards() {
        return shards(LOGICAL.kind.cast(SQLDataType.VARCHAR).eq(inline("r")))
                .orderBy(PG_NAMESPACE.name, LOGICAL.name, PG_DIST_SHARD.id);
    }

    /** Returns a row per shard of the tables, which have the alias {@link #LOGICAL}, that meet a condition. */
    static SelectHavingStep<? extends Record> shards(Condition which) {
        return select(
                        PG_NAMESPACE.name.as(SCHEMA),
                        LOGICAL.name.as(NAME),
                        Relations.shardName().as(SHARD),
                        min(PG_DIST_PLACEMENT.group).as(NODE_GROUP),
                        PG_DIST_SHARD.first.cast(SQLDataType.INTEGER).as(FIRST),
                        PG_DIST_SHARD.last.cast(SQLDataType.INTEGER).as(LAST))
                .from(PG_DIST_SHARD)
                .join(LOGICAL)
                .on(LOGICAL.oid.eq(PG_DIST_SHARD.relation))
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(LOGICAL.namespace))
                .join(PG_DIST_PARTITION)
                .on(PG_DIST_PARTITION.relation.eq(PG_DIST_SHARD.relation))
                .join(PG_DIST_PLACEMENT)
                .on(PG_DIST_PLACEMENT.shard.eq(PG_DIST_SHARD.id))
                .where(which)
                .groupBy(
                        PG_NAMESPACE.name,
                        LOGICAL.name,
                        PG_DIST_SHARD.relation,
                        PG_DIST_SHARD.id,
                        PG_DIST_SHARD.first,
                        PG_DIST_SHARD.last);
    }

    /**
     * Returns the bytes of every table and shard of the queried node.
     *
     * @return a row per relation
     */
    public static ResultQuery<? extends Record> sizes() {
        return select(
                        PG_NAMESPACE.name.as(SCHEMA),
                        PG_CLASS.name.as(NAME),
                        field("pg_catalog.pg_table_size({0})", SQLDataType.BIGINT, PG_CLASS.oid)
                                .as(NUMBER))
                .from(PG_CLASS)
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace))
                .where(PG_CLASS.kind.cast(SQLDataType.VARCHAR).eq(inline("r")))
                .and(Relations.isNotTheSystems());
    }

    /**
     * Returns the extensions that were created in the database.
     *
     * @return a row per extension, with {@link #NAME}
     */
    public static ResultQuery<? extends Record> extensions() {
        return select(PG_EXTENSION.name.as(NAME))
                .from(PG_EXTENSION)
                .where(PG_EXTENSION.name.ne(inline("plpgsql")))
                .orderBy(PG_EXTENSION.name);
    }

    /**
     * Returns the version of Citus in the database.
     *
     * @return a row with {@link #NAME}
     */
    public static ResultQuery<? extends Record> citusVersion() {
        return select(PG_EXTENSION.version.as(NAME)).from(PG_EXTENSION).where(PG_EXTENSION.name.eq(inline("citus")));
    }

    /**
     * Returns the roles that own objects or have grants in the database.
     *
     * @return a row per role, with {@link #NAME}
     */
    public static ResultQuery<? extends Record> roles() {
        return selectDistinct(PG_AUTHID.name.as(NAME))
                .from(PG_SHDEPEND)
                .join(PG_AUTHID)
                .on(PG_AUTHID.oid.eq(PG_SHDEPEND.referenced))
                .where(PG_SHDEPEND.referencedClass.eq(PG_AUTHID.regclass()))
                .and(
                        "{0} = (select oid from pg_catalog.pg_database where datname = pg_catalog.current_database())",
                        PG_SHDEPEND.database)
                .orderBy(PG_AUTHID.name);
    }

    /**
     * Returns the owners of large objects.
     *
     * @return a row per owner, with {@link #NAME}, {@link #NUMBER} and {@link #SUPERUSER}
     */
    public static ResultQuery<? extends Record> largeObjects() {
        return select(
                        PG_AUTHID.name.as(NAME),
                        PG_AUTHID.superuser.as(SUPERUSER),
                        DSL.count().cast(SQLDataType.BIGINT).as(NUMBER))
                .from("pg_catalog.pg_largeobject_metadata as large_object")
                .join(PG_AUTHID)
                .on("{0} = large_object.lomowner", PG_AUTHID.oid)
                .groupBy(PG_AUTHID.name, PG_AUTHID.superuser)
                .orderBy(PG_AUTHID.name);
    }

    /**
     * Returns the last values of the sequences on the queried node, null for an unused one.
     *
     * @return a row per sequence, with {@link #NUMBER}
     */
    public static Select<?> sequences() {
        return select(
                        PG_NAMESPACE.name.as(SCHEMA),
                        PG_CLASS.name.as(NAME),
                        field(
                                        "(select s.last_value from pg_catalog.pg_sequences as s "
                                                + "where s.schemaname = {0} and s.sequencename = {1})",
                                        SQLDataType.BIGINT, PG_NAMESPACE.name, PG_CLASS.name)
                                .as(NUMBER))
                .from(PG_CLASS)
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace))
                .where(PG_CLASS.kind.cast(SQLDataType.VARCHAR).eq(inline("S")))
                .and(Relations.isNotTheSystems())
                .and(isNoExtensions())
                .orderBy(PG_NAMESPACE.name, PG_CLASS.name);
    }

    /**
     * Returns the materialised views that have rows.
     *
     * @return a row per view
     */
    public static ResultQuery<? extends Record> materializedViews() {
        return select(PG_NAMESPACE.name.as(SCHEMA), PG_CLASS.name.as(NAME))
                .from(PG_CLASS)
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_CLASS.namespace))
                .where(PG_CLASS.kind.cast(SQLDataType.VARCHAR).eq(inline("m")))
                .and(PG_CLASS.populated)
                .and(Relations.isNotTheSystems())
                .and(isNoExtensions())
                .orderBy(PG_CLASS.oid);
    }

    /**
     * Returns the distributed functions, which are called on the node of their rows.
     *
     * @return a row per function, with its signature as {@link #NAME}
     */
    public static ResultQuery<? extends Record> functions() {
        return select(
                        field("{0}::pg_catalog.regprocedure", SQLDataType.VARCHAR, PG_DIST_OBJECT.object)
                                .cast(SQLDataType.VARCHAR)
                                .as(NAME),
                        field(
                                        "(select coalesce(nullif(p.proargnames[{1} + 1], ''), pg_catalog.concat('$', {1} + 1)) "
                                                + "from pg_catalog.pg_proc as p where p.oid = {0})",
                                        SQLDataType.VARCHAR, PG_DIST_OBJECT.object, PG_DIST_OBJECT.argument)
                                .as(ARGUMENT),
                        PG_DIST_OBJECT.colocation.as(GROUP),
                        DSL.coalesce(PG_DIST_OBJECT.forced, inline(false)).as(FORCED))
                .from(PG_DIST_OBJECT)
                .where(PG_DIST_OBJECT.objectClass.eq(PG_PROC.regclass()))
                .and(PG_DIST_OBJECT.argument.isNotNull())
                .orderBy(PG_DIST_OBJECT.object);
    }

    /**
     * Returns the distributed schemas.
     *
     * @return a row per schema, with {@link #NAME}
     */
    public static ResultQuery<? extends Record> distributedSchemas() {
        return select(PG_NAMESPACE.name.as(NAME))
                .from(PG_DIST_SCHEMA)
                .join(PG_NAMESPACE)
                .on(PG_NAMESPACE.oid.eq(PG_DIST_SCHEMA.schema))
                .orderBy(PG_NAMESPACE.name);
    }
}
