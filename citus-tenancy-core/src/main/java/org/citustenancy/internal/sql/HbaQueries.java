package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.coalesce;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.table;

import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Select;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;

/**
 * Queries for the rules by which a node accepts clients.
 *
 * @see <a href="https://www.postgresql.org/docs/current/view-pg-hba-file-rules.html">pg_hba_file_rules</a>
 */
public final class HbaQueries {

    /** The line in the file, by which rules are ordered. */
    public static final Field<Integer> LINE = field(name("line_number"), SQLDataType.INTEGER);

    /** {@code local}, {@code host}, {@code hostssl}, {@code hostnossl} and the like. */
    public static final Field<String> TYPE = field(name("type"), SQLDataType.VARCHAR);

    /** The databases, separated by line breaks. */
    public static final Field<String> DATABASES = field(name("databases"), SQLDataType.VARCHAR);

    /** The users, separated by line breaks. */
    public static final Field<String> USERS = field(name("users"), SQLDataType.VARCHAR);

    /** The address, or {@code all}, {@code samehost}, {@code samenet}. */
    public static final Field<String> ADDRESS = field(name("address"), SQLDataType.VARCHAR);

    /** The mask of the address. */
    public static final Field<String> MASK = field(name("netmask"), SQLDataType.VARCHAR);

    /** The method. */
    public static final Field<String> METHOD = field(name("auth_method"), SQLDataType.VARCHAR);

    private HbaQueries() {}

    /**
     * Returns the rules in force, except those in which PostgreSQL found an error.
     *
     * @return a row per rule
     */
    public static Select<?> rules() {
        return select(
                        LINE,
                        TYPE,
                        lines("database").as(DATABASES),
                        lines("user_name").as(USERS),
                        coalesce(ADDRESS, inline("")).as(ADDRESS),
                        coalesce(MASK, inline("")).as(MASK),
                        METHOD)
                .from(table(name("pg_catalog", "pg_hba_file_rules")))
                .where(field(name("error"), SQLDataType.VARCHAR).isNull());
    }

    private static Field<String> lines(String array) {
        return field("pg_catalog.array_to_string({0}, e'\\n')", SQLDataType.VARCHAR, field(name(array)));
    }
}
