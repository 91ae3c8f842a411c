package org.citustenancy.internal.sql;

import java.util.List;
import org.citustenancy.internal.shaded.jooq.Select;

/**
 * A query as text, with its values separate. Several sessions may use it at the same time, which jOOQ's objects do not
 * allow.
 *
 * @param text with a question mark for each value
 * @param values in the order of the question marks
 */
public record BoundQuery(String text, List<Object> values) {

    /** Copies the list. */
    public BoundQuery {
        values = List.copyOf(values);
    }

    /**
     * Converts a query to the form in which it is sent.
     *
     * @param query the query, none of whose values is null
     */
    public static BoundQuery of(Select<?> query) {
        return Sql.bound(query);
    }
}
