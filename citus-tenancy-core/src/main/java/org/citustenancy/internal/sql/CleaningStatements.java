package org.citustenancy.internal.sql;

import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;

import java.util.Map;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.impl.DSL;

/** Drops the objects of a project's users, each with all its dependents. Does nothing if an object does not exist. */
public final class CleaningStatements {

    private static final String OPERATOR = "operator";
    private static final String LARGE_OBJECT = "large object";

    /** The kinds whose key word in a statement differs from their name. */
    private static final Map<String, String> WORDS = Map.of(
            "statistics object", "statistics",
            "function", "routine",
            "procedure", "routine",
            "aggregate", "routine");

    private CleaningStatements() {}

    /**
     * Drops one object.
     *
     * @param kind its type, as in {@link CleaningQueries#KIND}
     * @param identity its name, qualified and quoted by the server
     */
    public static Query drop(String kind, String identity) {
        if (kind.equals(LARGE_OBJECT)) {
            return statement(
                    "do {0}",
                    literal("begin perform pg_catalog.lo_unlink(oid) "
                            + "from pg_catalog.pg_largeobject_metadata where oid = " + Long.parseLong(identity)
                            + "; end"));
        }
        String text = "drop " + WORDS.getOrDefault(kind, kind) + " if exists " + identity + " cascade";
        // The name of an operator may contain a question mark, which is a parameter outside of a literal.
        return kind.equals(OPERATOR)
                ? statement("do {0}", literal("begin " + text + "; end"))
                : statement("{0}", DSL.sql(text));
    }
}
