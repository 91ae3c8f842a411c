package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgDistBackgroundJob.PG_DIST_BACKGROUND_JOB;
import static org.citustenancy.internal.sql.catalog.PgDistBackgroundTask.PG_DIST_BACKGROUND_TASK;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.topology.Node;

/**
 * What takes workers out of a database, and moves shards between them.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html">Citus Utility Functions</a>
 */
public final class WorkerStatements {

    /** A background job's number, null if there was nothing to move. */
    public static final Field<Long> JOB = field(name("job"), SQLDataType.BIGINT);

    private WorkerStatements() {}

    /**
     * Takes a worker out of the current database; refused while shards are on it alone.
     *
     * @param worker the worker
     * @return the statement
     */
    public static Query removeNode(Node worker) {
        return statement(
                "select pg_catalog.citus_remove_node({0}, {1})", literal(worker.host()), literal(worker.port()));
    }

    /**
     * Stops sending anything to a worker that does not answer, so that it can be taken out.
     *
     * @param worker the worker
     * @return the statement
     */
    public static Query disableNode(Node worker) {
        return statement(
                "select pg_catalog.citus_disable_node({0}, {1}, true)", literal(worker.host()), literal(worker.port()));
    }

    /**
     * Tells the current database by which address a node is reached from now on.
     *
     * @param number the node's number in this database
     * @param moved its new address
     * @return the statement
     */
    public static Query updateNode(int number, Node moved) {
        return statement(
                "select pg_catalog.citus_update_node({0}, {1}, {2})",
                literal(number), literal(moved.host()), literal(moved.port()));
    }

    /**
     * Starts to move shards in the background.
     *
     * @param drainOnly whether only those shards are moved that lie where none are to lie
     * @param transfer how each is moved
     * @return a query that gives one row with {@link #JOB}
     */
    public static ResultQuery<? extends Record> startMoving(boolean drainOnly, String transfer) {
        return select(field(
                        "pg_catalog.citus_rebalance_start(drain_only => {0}, shard_transfer_mode => {1})",
                        SQLDataType.BIGINT,
                        inline(drainOnly),
                        field("{0}::citus.shard_transfer_mode", literal(transfer)))
                .as(JOB));
    }

    /**
     * Stops whatever moves shards in the background.
     *
     * @return the statement
     */
    public static Query stopMoving() {
        return statement("select pg_catalog.citus_rebalance_stop()");
    }

    /**
     * The job that moves shards now, if one does.
     *
     * @return a row with {@link #JOB} if there is one
     */
    public static ResultQuery<? extends Record> movingNow() {
        return select(PG_DIST_BACKGROUND_JOB.id.as(JOB))
                .from(PG_DIST_BACKGROUND_JOB)
                .where(PG_DIST_BACKGROUND_JOB.type.cast(SQLDataType.VARCHAR).eq(inline("rebalance")))
                .and(PG_DIST_BACKGROUND_JOB
                        .state
                        .cast(SQLDataType.VARCHAR)
                        .in(inline("scheduled"), inline("running"), inline("cancelling"), inline("failing")));
    }

    /**
     * The state of a job.
     *
     * @param job its number
     * @return one row
     */
    public static ResultQuery<? extends Record> job(long job) {
        return select(PG_DIST_BACKGROUND_JOB.state)
                .from(PG_DIST_BACKGROUND_JOB)
                .where(PG_DIST_BACKGROUND_JOB.id.eq(inline(job)));
    }

    /**
     * The tasks of a job.
     *
     * @param job its number
     * @return a row per task
     */
    public static ResultQuery<? extends Record> tasks(long job) {
        return select(
                        PG_DIST_BACKGROUND_TASK.status,
                        PG_DIST_BACKGROUND_TASK.command,
                        PG_DIST_BACKGROUND_TASK.retries,
                        PG_DIST_BACKGROUND_TASK.message)
                .from(PG_DIST_BACKGROUND_TASK)
                .where(PG_DIST_BACKGROUND_TASK.job.eq(inline(job)))
                .orderBy(PG_DIST_BACKGROUND_TASK.id);
    }

    /**
     * Forgets what moves of shards have left on nodes that are gone. Citus would keep the shards from ever being moved
     * again.
     *
     * @return the statement
     */
    public static Query forgetLeftoversOfGoneNodes() {
        return statement("delete from pg_catalog.pg_dist_cleanup where node_group_id not in "
                + "(select groupid from pg_catalog.pg_dist_node)");
    }

    /**
     * Clears away what interrupted moves of shards have left on the nodes.
     *
     * @return the statement, to be run outside transactions
     */
    public static Query clearLeftovers() {
        return DSL.query("call pg_catalog.citus_cleanup_orphaned_resources()");
    }

    /**
     * Lets a node forget that copies of reference tables are on a worker.
     *
     * @param group the worker's group
     * @param shards the shards
     * @return the statement
     */
    public static Query forgetCopies(int group, Collection<Long> shards) {
        return statement(
                "delete from pg_catalog.pg_dist_placement where groupid = {0} and shardid in ({1})",
                literal(group), DSL.list(shards.stream().map(DSL::inline).toList()));
    }

    /**
     * Copies every reference table to the nodes that have none.
     *
     * @return the statement, to be run on the coordinator
     */
    public static Query copyReferenceTables() {
        return statement("select pg_catalog.replicate_reference_tables('block_writes')");
    }

    /**
     * Sends a worker again what it must know of the other nodes and of the tables.
     *
     * @param worker the worker
     * @return the statement, to be run on the coordinator
     */
    public static Query activate(Node worker) {
        return statement(
                "select pg_catalog.citus_activate_node({0}, {1})", literal(worker.host()), literal(worker.port()));
    }
}
