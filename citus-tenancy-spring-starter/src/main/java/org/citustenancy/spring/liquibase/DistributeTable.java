package org.citustenancy.spring.liquibase;

import java.util.function.UnaryOperator;
import liquibase.database.Database;
import liquibase.exception.ValidationErrors;
import org.citustenancy.ProjectTables;
import org.citustenancy.tables.Distribution;

/**
 * A custom change that distributes a table by a column, unless it is distributed so already.
 *
 * <pre>{@code
 * - customChange:
 *     class: org.citustenancy.spring.liquibase.DistributeTable
 *     table: orders
 *     column: user_id
 *     colocatedWith: users
 * }</pre>
 *
 * <p>Its rollback makes the table a local one.
 */
public final class DistributeTable extends TableChangeTask {

    private String column = "";
    private String colocatedWith = "";
    private String shardCount = "";

    /** A change of no table yet, as Liquibase makes it. */
    public DistributeTable() {
        // Liquibase calls the setters.
    }

    /**
     * The distribution column, which is required.
     *
     * @param column its name
     */
    public void setColumn(String column) {
        this.column = column;
    }

    /**
     * The distribution column.
     *
     * @return empty if it was not said
     */
    public String getColumn() {
        return column;
    }

    /**
     * The table whose rows of the same key are to be on the same node.
     *
     * @param colocatedWith the other table
     */
    public void setColocatedWith(String colocatedWith) {
        this.colocatedWith = colocatedWith;
    }

    /**
     * The table with whose rows they are to be.
     *
     * @return empty if it was not said
     */
    public String getColocatedWith() {
        return colocatedWith;
    }

    /**
     * Into how many shards the table is split.
     *
     * @param shardCount a number
     */
    public void setShardCount(String shardCount) {
        this.shardCount = shardCount;
    }

    /**
     * Into how many shards the table is split.
     *
     * @return empty if it was not said
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
