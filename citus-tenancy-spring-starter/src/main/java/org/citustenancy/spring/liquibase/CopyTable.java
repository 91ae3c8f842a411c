package org.citustenancy.spring.liquibase;

import org.citustenancy.ProjectTables;

/**
 * A custom change that copies a table to every node, which makes it a reference table, unless it is one already.
 *
 * <pre>{@code
 * - customChange:
 *     class: org.citustenancy.spring.liquibase.CopyTable
 *     table: products
 * }</pre>
 *
 * <p>Its rollback makes the table a local one.
 */
public final class CopyTable extends TableChangeTask {

    /** A change of no table yet, as Liquibase makes it. */
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
