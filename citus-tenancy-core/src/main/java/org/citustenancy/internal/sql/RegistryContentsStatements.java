package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.insertInto;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.selectFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.val;
import static org.citustenancy.internal.sql.catalog.RegistryContents.REGISTRY_CONTENTS;
import static org.citustenancy.internal.sql.catalog.RegistryProject.REGISTRY_PROJECT;

import java.time.OffsetDateTime;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.Result;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/** Statements for the last known contents of projects in the registry. */
public final class RegistryContentsStatements {

    /** The role of a node. */
    public static final Field<String> ROLE = field(name("role"), SQLDataType.VARCHAR);

    /** The host of a node. */
    public static final Field<String> HOST = field(name("host"), SQLDataType.VARCHAR);

    /** The port of a node. */
    public static final Field<Integer> PORT = field(name("port"), SQLDataType.INTEGER);

    /** The bytes of a database, null if they are not known. */
    public static final Field<Long> SIZE = field(name("size"), SQLDataType.BIGINT);

    /** The bytes of tables. */
    public static final Field<Long> TABLE_BYTES = field(name("tables"), SQLDataType.BIGINT);

    /** The bytes of indexes. */
    public static final Field<Long> INDEX_BYTES = field(name("indexes"), SQLDataType.BIGINT);

    /** The number of shards. */
    public static final Field<Integer> SHARDS = field(name("shards"), SQLDataType.INTEGER);

    /** The bytes of shards. */
    public static final Field<Long> SHARD_BYTES = field(name("shard_bytes"), SQLDataType.BIGINT);

    /** The bytes of the largest shard. */
    public static final Field<Long> LARGEST = field(name("largest"), SQLDataType.BIGINT);

    /** The estimated rows, or null. */
    public static final Field<Long> ROWS = field(name("rows"), SQLDataType.BIGINT);

    /** The position of the table, from 0. */
    public static final Field<Integer> POSITION = field(name("position"), SQLDataType.INTEGER);

    /** The schema of a table. */
    public static final Field<String> SCHEMA = field(name("schema"), SQLDataType.VARCHAR);

    /** The name of a table. */
    public static final Field<String> TABLE = field(name("table"), SQLDataType.VARCHAR);

    /** The owner of a table. */
    public static final Field<String> OWNER = field(name("owner"), SQLDataType.VARCHAR);

    /** The kind of a table. */
    public static final Field<String> KIND = field(name("kind"), SQLDataType.VARCHAR);

    /** The distribution column, or null. */
    public static final Field<String> COLUMN = field(name("distribution_column"), SQLDataType.VARCHAR);

    /** The colocation group, or null. */
    public static final Field<Integer> COLOCATION = field(name("colocation"), SQLDataType.INTEGER);

    private static final Field<?>[] STORAGE = {ROLE, HOST, PORT, SIZE, TABLE_BYTES, INDEX_BYTES, SHARDS, SHARD_BYTES};
    private static final Field<?>[] TABLES = {SCHEMA, TABLE, OWNER, KIND, COLUMN, COLOCATION, SHARDS};
    private static final Field<?>[] PARTS = {POSITION, ROLE, HOST, PORT, SHARDS, TABLE_BYTES, INDEX_BYTES, LARGEST, ROWS
    };

    private RegistryContentsStatements() {}

    /** Returns a list without rows for the parts of a database on each node. */
    public static Result<Record> storage() {
        return Sql.noRows(STORAGE);
    }

    /** Returns a list without rows for tables. */
    public static Result<Record> tables() {
        return Sql.noRows(TABLES);
    }

    /** Returns a list without rows for the parts of tables on each node. */
    public static Result<Record> parts() {
        return Sql.noRows(PARTS);
    }

    static Query createTable() {
        return RegistryStatements.oneOfProject(REGISTRY_CONTENTS, REGISTRY_CONTENTS.project);
    }

    /**
     * Returns the contents of all projects.
     *
     * @return a row per project with contents
     */
    public static ResultQuery<? extends Record> all() {
        return selectFrom(REGISTRY_CONTENTS);
    }

    /**
     * Saves the contents of a project, if the project is still registered.
     *
     * @param storage the parts of the database on each node, in JSON
     * @param tables the tables, in JSON
     * @param parts the parts of the tables on each node, in JSON
     */
    public static Query save(String project, String storage, String tables, String parts, OffsetDateTime readAt) {
        return insertInto(REGISTRY_CONTENTS)
                .columns(
                        REGISTRY_CONTENTS.project,
                        REGISTRY_CONTENTS.storage,
                        REGISTRY_CONTENTS.tables,
                        REGISTRY_CONTENTS.parts,
                        REGISTRY_CONTENTS.readAt)
                .select(select(
                                REGISTRY_PROJECT.name,
                                val(storage, SQLDataType.CLOB),
                                val(tables, SQLDataType.CLOB),
                                val(parts, SQLDataType.CLOB),
                                val(readAt))
                        .from(REGISTRY_PROJECT)
                        .where(REGISTRY_PROJECT.name.eq(project)))
                .onConflict(REGISTRY_CONTENTS.project)
                .doUpdate()
                .set(REGISTRY_CONTENTS.storage, storage)
                .set(REGISTRY_CONTENTS.tables, tables)
                .set(REGISTRY_CONTENTS.parts, parts)
                .set(REGISTRY_CONTENTS.readAt, readAt);
    }
}
