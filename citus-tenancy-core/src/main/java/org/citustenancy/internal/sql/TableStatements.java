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
 * How tables and schemas come to lie on the nodes, and back.
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
     * @param shardCount how many shards, absent for the default or that of the colocated table
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

    /** Makes a distributed or reference table a local one again. */
    public static ResultQuery<? extends Record> undistribute(String schema, String table) {
        return select(field("pg_catalog.undistribute_table({0}::pg_catalog.regclass)", regclass(schema, table)));
    }

    /** Gives a schema, with all its tables, to one node. */
    public static ResultQuery<? extends Record> distributeSchema(String schema) {
        return select(field("pg_catalog.citus_schema_distribute({0}::pg_catalog.regnamespace)", regnamespace(schema)));
    }

    /** Makes a distributed schema a local one again. */
    public static ResultQuery<? extends Record> undistributeSchema(String schema) {
        return select(
                field("pg_catalog.citus_schema_undistribute({0}::pg_catalog.regnamespace)", regnamespace(schema)));
    }

    /**
     * Lets the current transaction have one connection to each node, so that DDL may follow DDL and queries on the same
     * tables: Citus refuses it after anything that went over several. Outside of a transaction it does nothing.
     */
    public static ResultQuery<? extends Record> oneConnectionPerNode() {
        return select(Functions.setForTransaction("citus.multi_shard_modify_mode", "sequential"));
    }

    /** A table's name as text that the server reads as that very name. */
    public static String quoted(String schema, String table) {
        return Sql.text(name(schema, table));
    }

    /**
     * A name as SQL writes it.
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
