package org.citustenancy.internal.tables.suggestion;

import java.util.Optional;
import org.citustenancy.tables.TableName;

/**
 * A value by which tables could be distributed, such as the number of a company.
 *
 * @param column the name of the column that several tables have it in
 * @param root the table whose key it is, absent if there is none
 */
record Candidate(String column, Optional<Root> root) {

    /**
     * A table and its key of one column.
     *
     * @param key the column
     */
    record Root(TableName table, String key) {}

    /** Checks whether a column of this name identifies the row of its own table, so that it is another value in each. */
    static boolean isGeneric(String column) {
        return column.matches("(?i)(id|uuid|guid|key|code|no|number|name)");
    }

    static Candidate ofRoot(TableName table, String key, String column) {
        return new Candidate(column, Optional.of(new Root(table, key)));
    }

    static Candidate ofColumn(String column) {
        return new Candidate(column, Optional.empty());
    }
}
