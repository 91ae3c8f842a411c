package org.citustenancy.spring.liquibase;

import java.sql.Connection;
import liquibase.change.custom.CustomTaskChange;
import liquibase.change.custom.CustomTaskRollback;
import liquibase.database.Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.CustomChangeException;
import liquibase.exception.ValidationErrors;
import liquibase.resource.ResourceAccessor;
import org.citustenancy.ProjectTables;
import org.citustenancy.errors.CitusTenancyException;

/** The base class of changes of a table's distribution. */
public abstract sealed class TableChangeTask implements CustomTaskChange, CustomTaskRollback
        permits DistributeTable, CopyTable {

    private String table = "";

    TableChangeTask() {}

    /**
     * Sets the table, which is required.
     *
     * @param table its name, as {@link org.citustenancy.tables.TableName#of} reads it
     */
    public final void setTable(String table) {
        this.table = table;
    }

    /**
     * Returns the table.
     *
     * @return its name, empty if it is not set
     */
    public final String getTable() {
        return table;
    }

    abstract void change(ProjectTables tables, String table);

    @Override
    public final void execute(Database database) throws CustomChangeException {
        try {
            change(tables(database), table);
        } catch (CitusTenancyException | NumberFormatException failure) {
            throw new CustomChangeException(failure.getMessage(), failure);
        }
    }

    @Override
    public final void rollback(Database database) throws CustomChangeException {
        try {
            tables(database).undistribute(table);
        } catch (CitusTenancyException failure) {
            throw new CustomChangeException(failure.getMessage(), failure);
        }
    }

    private static ProjectTables tables(Database database) throws CustomChangeException {
        if (!(database.getConnection() instanceof JdbcConnection jdbc)) {
            throw new CustomChangeException("A table can be distributed over a connection alone, not written as SQL; "
                    + "use the sql change with create_distributed_table for that");
        }
        Connection connection = jdbc.getUnderlyingConnection();
        return ProjectTables.over(connection);
    }

    /** Returns the missing parameters as errors. */
    @Override
    public ValidationErrors validate(Database database) {
        ValidationErrors errors = new ValidationErrors();
        errors.checkRequiredField("table", table.isEmpty() ? null : table);
        return errors;
    }

    /** Does nothing: the change needs no preparation. */
    @Override
    public final void setUp() {}

    /** Does nothing: the change reads no file. */
    @Override
    public final void setFileOpener(ResourceAccessor files) {}
}
