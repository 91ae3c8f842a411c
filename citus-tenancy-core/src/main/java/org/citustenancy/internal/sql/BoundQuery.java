package org.citustenancy.internal.sql;

import java.util.List;
import org.citustenancy.internal.shaded.jooq.Select;

/**
 * A query with its values beside it, for several sessions at the same time, which an object of jOOQ's is not.
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
     * A query as it would be sent.
     *
     * @param query the query, none of whose values is null
     */
    public static BoundQuery of(Select<?> query) {
        return Sql.bound(query);
    }
}
