package org.citustenancy.spring.liquibase;

import org.citustenancy.ProjectTables;

/**
 * A custom change that copies a table to every node, which makes it a reference table. It has no effect on a reference
 * table.
 *
 * <pre>{@code
 * - customChange:
 *     class: org.citustenancy.spring.liquibase.CopyTable
 *     table: products
 * }</pre>
 *
 * <p>Its rollback converts the table to a local one.
 */
public final class CopyTable extends TableChangeTask {

    /** Creates a change without a table, for Liquibase. */
    public CopyTable() {
        // Liquibase calls the setter.
    }

    @Override
    void change(ProjectTables tables, String table) {
        tables.reference(table);
    }

    @Override
    public String getConfirmationMessage() {
        return "The table " + getTable() + " is on every node";
    }
}
