package org.citustenancy.spring.liquibase;

import java.util.function.UnaryOperator;
import liquibase.database.Database;
import liquibase.exception.ValidationErrors;
import org.citustenancy.ProjectTables;
import org.citustenancy.tables.Distribution;

/**
 * A custom change that distributes a table by a column. It has no effect if the table is already distributed by that
 * column.
 *
 * <pre>{@code
 * - customChange:
 *     class: org.citustenancy.spring.liquibase.DistributeTable
 *     table: orders
 *     column: user_id
 *     colocatedWith: users
 * }</pre>
 *
 * <p>Its rollback converts the table to a local one.
 */
public final class DistributeTable extends TableChangeTask {

    private String column = "";
    private String colocatedWith = "";
    private String shardCount = "";

    /** Creates a change without a table, for Liquibase. */
    public DistributeTable() {
        // Liquibase calls the setters.
    }

    /**
     * Sets the distribution column, which is required.
     *
     * @param column its name
     */
    public void setColumn(String column) {
        this.column = column;
    }

    /**
     * Returns the distribution column.
     *
     * @return empty if it is not set
     */
    public String getColumn() {
        return column;
    }

    /**
     * Sets the table with which the table is colocated: rows with the same key are on the same node.
     *
     * @param colocatedWith the other table
     */
    public void setColocatedWith(String colocatedWith) {
        this.colocatedWith = colocatedWith;
    }

    /**
     * Returns the table with which the table is colocated.
     *
     * @return empty if it is not set
     */
    public String getColocatedWith() {
        return colocatedWith;
    }

    /**
     * Sets the number of shards of the table.
     *
     * @param shardCount a number
     */
    public void setShardCount(String shardCount) {
        this.shardCount = shardCount;
    }

    /**
     * Returns the number of shards of the table.
     *
     * @return empty if it is not set
     */
    public String getShardCount() {
        return shardCount;
    }

    @Override
    public ValidationErrors validate(Database database) {
        ValidationErrors errors = super.validate(database);
        errors.checkRequiredField("column", column.isEmpty() ? null : column);
        return errors;
    }

    @Override
    void change(ProjectTables tables, String table) {
        UnaryOperator<Distribution> together =
                colocatedWith.isEmpty() ? UnaryOperator.identity() : how -> how.colocatedWith(colocatedWith);
        UnaryOperator<Distribution> split =
                shardCount.isEmpty() ? UnaryOperator.identity() : how -> how.shardCount(Integer.parseInt(shardCount));
        tables.distribute(table, column, how -> split.apply(together.apply(how)));
    }

    @Override
    public String getConfirmationMessage() {
        return "The table " + getTable() + " is distributed by " + column;
    }
}
