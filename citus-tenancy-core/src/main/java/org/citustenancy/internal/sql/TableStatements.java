package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.Sql.literal;

import java.util.OptionalInt;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Param;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.tables.TableName;

/**
 * Statements that distribute and undistribute tables and schemas.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html">Citus Utility Functions</a>
 */
public final class TableStatements {

    private static final String CONNECTIONS = "citus.multi_shard_modify_mode";
    private static final String SEQUENTIAL = "sequential";
    private static final String LOCAL_KEYS = "citus.enable_local_reference_table_foreign_keys";

    private TableStatements() {}

    /**
     * Distributes a table by a column.
     *
     * @param column the distribution column
     * @param colocateWith a rendered table name, {@code default} or {@code none}
     * @param shardCount the number of shards, absent for the default or that of the colocated table
     * @param connected whether foreign keys lead from or to the table: Citus then refuses several connections to a node
     *     if one of the keys leads to a reference table, maybe through other tables
     */
    public static ResultQuery<? extends Record> distribute(
            TableName table, String column, String colocateWith, OptionalInt shardCount, boolean connected) {
        Field<Integer> shards =
                shardCount.isPresent() ? literal(shardCount.getAsInt()) : DSL.inline(null, SQLDataType.INTEGER);
        Field<?> distribution = field(
                "pg_catalog.create_distributed_table({0}::pg_catalog.regclass, {1}, colocate_with => {2}, shard_count => {3})",
                regclass(table.schema(), table.table()), literal(column), literal(colocateWith), shards);
        return connected
                ? select(Functions.setForTransaction(CONNECTIONS, SEQUENTIAL), distribution)
                : select(distribution);
    }

    /** Copies a table to every node. */
    public static ResultQuery<? extends Record> reference(String schema, String table) {
        return select(field("pg_catalog.create_reference_table({0}::pg_catalog.regclass)", regclass(schema, table)));
    }

    /**
     * Copies a table to every node, and leaves local tables with foreign keys to it out of the metadata of Citus, so that
     * they can be distributed afterwards. Citus would otherwise add them at once, and it distributes no table of the
     * metadata that another table of the metadata references.
     */
    public static ResultQuery<? extends Record> referenceAlone(String schema, String table) {
        return select(
                        Functions.setForTransaction(LOCAL_KEYS, "off"),
                        field("pg_catalog.create_reference_table({0}::pg_catalog.regclass)", regclass(schema, table)),
                        field("pg_catalog.set_config({0}, before.value, true)", literal(LOCAL_KEYS)))
                .from(DSL.table(
                        "(select pg_catalog.current_setting({0}) as value offset 0) as before", literal(LOCAL_KEYS)));
    }

    /**
     * Adds a local table to the metadata of Citus, with all local tables that foreign keys connect to it, so that its
     * foreign keys from and to reference tables are enforced.
     */
    public static ResultQuery<? extends Record> addToMetadata(String schema, String table) {
        return select(field(
                "pg_catalog.citus_add_local_table_to_metadata({0}::pg_catalog.regclass, cascade_via_foreign_keys => true)",
                regclass(schema, table)));
    }

    /**
     * Returns a statement as text.
     *
     * @param statement one of this class
     */
    public static String text(ResultQuery<? extends Record> statement) {
        return Sql.text(statement);
    }

    /** Converts a distributed or reference table to a local one. */
    public static ResultQuery<? extends Record> undistribute(String schema, String table) {
        return select(field("pg_catalog.undistribute_table({0}::pg_catalog.regclass)", regclass(schema, table)));
    }

    /** Distributes a schema, so that all its tables are on one node. */
    public static ResultQuery<? extends Record> distributeSchema(String schema) {
        return select(field("pg_catalog.citus_schema_distribute({0}::pg_catalog.regnamespace)", regnamespace(schema)));
    }

    /** Converts a distributed schema to a local one. */
    public static ResultQuery<? extends Record> undistributeSchema(String schema) {
        return select(
                field("pg_catalog.citus_schema_undistribute({0}::pg_catalog.regnamespace)", regnamespace(schema)));
    }

    /**
     * Limits the current transaction to one connection to each node, so that DDL may follow DDL and queries on the same
     * tables: Citus refuses it after statements that used several connections. Outside of a transaction it does
     * nothing.
     */
    public static ResultQuery<? extends Record> oneConnectionPerNode() {
        return select(Functions.setForTransaction(CONNECTIONS, SEQUENTIAL));
    }

    /** Returns a table's name as text that the server parses as exactly that name. */
    public static String quoted(String schema, String table) {
        return Sql.text(name(schema, table));
    }

    /**
     * Returns a name in the syntax of SQL.
     *
     * @param identifier the name of a column or a constraint
     */
    public static String quoted(String identifier) {
        return Sql.text(name(identifier));
    }

    private static Param<String> regclass(String schema, String table) {
        return literal(quoted(schema, table));
    }

    private static Param<String> regnamespace(String schema) {
        return literal(Sql.text(name(schema)));
    }
}
