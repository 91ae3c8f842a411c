package org.citustenancy;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.citustenancy.internal.names.Names;
import org.citustenancy.internal.tables.ConnectionAccess;
import org.citustenancy.internal.tables.TableDistributor;
import org.citustenancy.tables.Distribution;
import org.citustenancy.tables.TableChange;
import org.citustenancy.tables.TableInfo;
import org.citustenancy.tables.TableName;

/**
 * The tables of a project, and how they lie on the nodes.
 *
 * <pre>{@code
 * app.tables().distribute("users", "id");
 * app.tables().distribute("orders", "user_id", options -> options.colocatedWith("users"));
 * app.tables().reference("products");
 * }</pre>
 *
 * <p>A call for a table that is already distributed that way changes nothing, and its result reports that. Tables are named
 * as {@link TableName#of} reads them. On a server without Citus a call does nothing, and its result gives the reason.
 */
public final class ProjectTables {

    private final TableDistributor distributor;

    ProjectTables(TableDistributor distributor) {
        this.distributor = distributor;
    }

    /**
     * The tables of the project that a connection is in, changed as its user and in its transaction: for migrations, which
     * are given one.
     *
     * <pre>{@code
     * ProjectTables tables = ProjectTables.over(connection);
     * tables.distribute("users", "id");
     * }</pre>
     *
     * <p>Citus distributes a table only as long as no local one refers to it by a foreign key: create a table and distribute
     * it before the next one that refers to it. In a transaction, the first change sets {@code
     * citus.multi_shard_modify_mode} to {@code sequential} for the rest of it, so that types, indexes and foreign keys may
     * follow. Grants that wait for a table are given by {@link Project#repair()} or the project's next request.
     *
     * @param connection to the project's database on the coordinator; is neither committed nor closed, and is not used
     *     between calls
     * @return the tables; every method throws {@link org.citustenancy.errors.ConflictException} if the server has Citus and
     *     that database has not
     */
    public static ProjectTables over(Connection connection) {
        return new ProjectTables(new TableDistributor(new ConnectionAccess(connection)));
    }

    /**
     * Distributes a table by a column.
     *
     * @param table the table
     * @param column the distribution column
     * @return what was done
     * @throws org.citustenancy.errors.NotFoundException if there is no such table or column
     * @throws org.citustenancy.errors.ConflictException if it is distributed otherwise
     * @throws org.citustenancy.errors.StepFailedException if the server refuses
     */
    public TableChange distribute(String table, String column) {
        return distribute(table, column, UnaryOperator.identity());
    }

    /**
     * Distributes a table by a column.
     *
     * @param table the table
     * @param column the distribution column
     * @param options changes {@link Distribution#STANDARD}
     * @return what was done
     * @throws org.citustenancy.errors.NotFoundException if there is no such table or column
     * @throws org.citustenancy.errors.ConflictException if it is distributed otherwise, or the options contradict
     * @throws org.citustenancy.errors.StepFailedException if the server refuses
     */
    public TableChange distribute(String table, String column, UnaryOperator<Distribution> options) {
        return distributor.distribute(
                TableName.of(table), Names.identifier("column", column), options.apply(Distribution.STANDARD));
    }

    /**
     * Copies a table to every node, for joins with any other.
     *
     * @param table the table
     * @return what was done
     * @throws org.citustenancy.errors.NotFoundException if there is no such table
     * @throws org.citustenancy.errors.ConflictException if it is distributed otherwise
     */
    public TableChange reference(String table) {
        return distributor.reference(TableName.of(table));
    }

    /**
     * Makes a distributed or reference table a local one again.
     *
     * @param table the table
     * @return what was done
     * @throws org.citustenancy.errors.NotFoundException if there is no such table
     * @throws org.citustenancy.errors.ConflictException if it is part of a distributed schema
     */
    public TableChange undistribute(String table) {
        return distributor.undistribute(TableName.of(table));
    }

    /**
     * Gives a schema, with all its tables, to one node: schema-based sharding.
     *
     * @param schema the schema
     * @return what was done
     * @throws org.citustenancy.errors.NotFoundException if there is no such schema
     */
    public TableChange distributeSchema(String schema) {
        return distributor.schema(Names.identifier("schema", schema), true);
    }

    /**
     * Makes a distributed schema a local one again.
     *
     * @param schema the schema
     * @return what was done
     * @throws org.citustenancy.errors.NotFoundException if there is no such schema
     */
    public TableChange undistributeSchema(String schema) {
        return distributor.schema(Names.identifier("schema", schema), false);
    }

    /**
     * The project's tables as the coordinator knows them.
     *
     * @return by schema and name; none on a server without Citus
     */
    public List<TableInfo> list() {
        return distributor.list();
    }

    /**
     * How many shards lie on each node.
     *
     * @return the numbers by the node's address, as the nodes know it
     */
    public Map<String, Integer> shardsPerNode() {
        return distributor.shardsPerNode();
    }
}
