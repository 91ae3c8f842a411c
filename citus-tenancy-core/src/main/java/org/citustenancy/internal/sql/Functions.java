package org.citustenancy.internal.sql;

import static org.citustenancy.internal.sql.Sql.literal;

import org.citustenancy.internal.shaded.jooq.DataType;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Builds calls of functions in {@code pg_catalog}, with arguments in their order. jOOQ has no typed form for a call
 * with a named argument, a variadic one or a cast of an argument.
 */
final class Functions {

    private Functions() {}

    /** Returns a call, always with the schema, because a user may have a function of the same name in another one. */
    static <T> Field<T> call(String function, DataType<T> type, Field<?>... arguments) {
        return DSL.function(DSL.unquotedName("pg_catalog", function), type, arguments);
    }

    /**
     * Returns a query that calls a function for its effect. The result is read as text: for another type, the driver
     * would query the catalogs of a new database.
     */
    static Select<?> run(String function, Field<?>... arguments) {
        return DSL.select(call(function, SQLDataType.VARCHAR, arguments));
    }

    static Field<String> currentDatabase() {
        return call("current_database", SQLDataType.VARCHAR);
    }

    /** Returns the process of the session. */
    static Field<Integer> ownProcess() {
        return call("pg_backend_pid", SQLDataType.INTEGER);
    }

    /** Sets a parameter for the session. */
    static Field<String> setForSession(String parameter, String value) {
        return set(parameter, value, false);
    }

    /** Sets a parameter until the transaction ends. */
    static Field<String> setForTransaction(String parameter, String value) {
        return set(parameter, value, true);
    }

    private static Field<String> set(String parameter, String value, boolean local) {
        return call("set_config", SQLDataType.VARCHAR, literal(parameter), literal(value), DSL.inline(local));
    }

    /**
     * Returns all rows of a table as a JSON array of objects.
     *
     * @param alias the table's alias, a constant of this package
     */
    static Field<String> rowsAsJson(String alias) {
        return asJson(call("row_to_json", SQLDataType.JSON, DSL.field(DSL.unquotedName(alias))));
    }

    /** Returns a value of each row as a JSON array. */
    static Field<String> asJson(Field<?> value) {
        return DSL.field("coalesce({0}, '[]')", SQLDataType.VARCHAR, call("json_agg", SQLDataType.JSON, value));
    }
}
