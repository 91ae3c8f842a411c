package org.citustenancy.internal.tables.rules;

import org.citustenancy.internal.sql.TableStatements;
import org.citustenancy.tables.TableName;

/**
 * A key that prevents the distribution of its table by a column, and its replacement.
 *
 * @param primary whether it is the primary key
 * @param name its name
 * @param columns its columns, in the syntax of SQL
 */
public record KeyReplacement(boolean primary, String name, String columns) {

    /** Returns the key in words. */
    public String inWords() {
        return (primary ? "its primary key " : "its unique key ") + name + " (" + columns + ")";
    }

    /**
     * Returns what replaces the key.
     *
     * @param column the distribution column
     */
    public String fix(TableName table, String column) {
        String quoted = TableStatements.quoted(table.schema(), table.table());
        String added = TableStatements.quoted(column);
        return primary
                ? "run ALTER TABLE " + quoted + " DROP CONSTRAINT " + TableStatements.quoted(name)
                        + ", ADD PRIMARY KEY (" + added + ", " + columns + ")"
                : "replace the unique key " + name + " by UNIQUE (" + added + ", " + columns + ")";
    }
}
