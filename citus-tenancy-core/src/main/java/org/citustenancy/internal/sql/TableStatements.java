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

/**
 * Statements that distribute and undistribute tables and schemas.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html">Citus Utility Functions</a>
 */
public final class TableStatements {

    private TableStatements() {}

    /**
     * Distributes a table by a column.
     *
     * @param column the distribution column
     * @param colocateWith a rendered table name, {@code default} or {@code none}
     * @param shardCount the number of shards, absent for the default or that of the colocated table
     */
    public static ResultQuery<? extends Record> distribute(
            String schema, String table, String column, String colocateWith, OptionalInt shardCount) {
        Field<Integer> shards =
                shardCount.isPresent() ? literal(shardCount.getAsInt()) : DSL.inline(null, SQLDataType.INTEGER);
        return select(field(
                "pg_catalog.create_distributed_table({0}::pg_catalog.regclass, {1}, colocate_with => {2}, shard_count => {3})",
                regclass(schema, table), literal(column), literal(colocateWith), shards));
    }

    /** Copies a table to every node. */
    public static ResultQuery<? extends Record> reference(String schema, String table) {
        return select(field("pg_catalog.create_reference_table({0}::pg_catalog.regclass)", regclass(schema, table)));
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
        return select(Functions.setForTransaction("citus.multi_shard_modify_mode", "sequential"));
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
