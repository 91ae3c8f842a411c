package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.Sql.identifier;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import org.citustenancy.internal.shaded.jooq.Condition;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Statements about the propagation of {@code CREATE DATABASE} and {@code DROP DATABASE} to the other nodes by Citus.
 * Sessions that the library opens start without any propagation of DDL. Those that Citus opens between nodes start with
 * the worker's settings, and the two statements can share no transaction with one that changes a setting.
 */
public final class PropagationStatements {

    private static final String OF_DATABASES = "citus.enable_create_database_propagation";
    private static final String OF_DDL = "citus.enable_ddl_propagation";

    private PropagationStatements() {}

    /**
     * Checks whether the querying session would propagate a database to other nodes.
     *
     * @return one row if it would; none in versions of Citus that cannot
     */
    public static Select<?> carriesDatabases() {
        return select(inline(true).as("carries")).where(isOn(OF_DATABASES), isOn(OF_DDL));
    }

    private static Condition isOn(String setting) {
        return field("pg_catalog.current_setting({0}, true)", SQLDataType.VARCHAR, literal(setting))
                .eq(inline("on"));
    }

    /**
     * Turns off the propagation for later sessions of the same role in the same database.
     *
     * @return one statement
     */
    public static Query carryNoDatabases() {
        Query change = statement("alter role current_user in database %I set {0} = off", identifier(OF_DATABASES));
        return statement("do {0}", literal(Sql.text(statement("""
                        begin
                          execute pg_catalog.format({0}, pg_catalog.current_database());
                        end""", literal(Sql.text(change))))));
    }
}
