package org.citustenancy.internal.sql;

import static org.citustenancy.internal.shaded.jooq.impl.DSL.deleteFrom;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.field;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.inline;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.name;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.select;
import static org.citustenancy.internal.shaded.jooq.impl.DSL.update;
import static org.citustenancy.internal.sql.Sql.literal;
import static org.citustenancy.internal.sql.Sql.statement;
import static org.citustenancy.internal.sql.catalog.PgDistBackgroundJob.PG_DIST_BACKGROUND_JOB;
import static org.citustenancy.internal.sql.catalog.PgDistBackgroundTask.PG_DIST_BACKGROUND_TASK;
import static org.citustenancy.internal.sql.catalog.PgDistNode.PG_DIST_NODE;
import static org.citustenancy.internal.sql.catalog.PgDistPlacement.PG_DIST_PLACEMENT;

import java.util.Collection;
import org.citustenancy.internal.shaded.jooq.Field;
import org.citustenancy.internal.shaded.jooq.Query;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.shaded.jooq.ResultQuery;
import org.citustenancy.internal.shaded.jooq.impl.DSL;
import org.citustenancy.internal.shaded.jooq.impl.SQLDataType;
import org.citustenancy.topology.Node;

/**
 * Statements that remove workers from a database, and move shards between them.
 *
 * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html">Citus Utility Functions</a>
 */
public final class WorkerStatements {

    /** A background job's number, null if there was nothing to move. */
    public static final Field<Long> JOB = field(name("job"), SQLDataType.BIGINT);

    /** A shard's number. */
    public static final Field<Long> SHARD = field(name("shard"), SQLDataType.BIGINT);

    /** The name of a shard's table. */
    public static final Field<String> TABLE = field(name("table_name"), SQLDataType.VARCHAR);

    /** The size of a shard on disk. */
    public static final Field<Long> BYTES = field(name("bytes"), SQLDataType.BIGINT);

    /** The group of shards that move together. */
    public static final Field<String> GROUP = field(name("move_group"), SQLDataType.VARCHAR);

    /** The current node of a shard. */
    public static final Field<String> SOURCE_HOST = field(name("source_host"), SQLDataType.VARCHAR);

    /** Its port. */
    public static final Field<Integer> SOURCE_PORT = field(name("source_port"), SQLDataType.INTEGER);

    /** The new node of a shard. */
    public static final Field<String> TARGET_HOST = field(name("target_host"), SQLDataType.VARCHAR);

    /** Its port. */
    public static final Field<Integer> TARGET_PORT = field(name("target_port"), SQLDataType.INTEGER);

    private WorkerStatements() {}

    /**
     * Removes a worker from the current database. Citus refuses this while the worker has shards that no other node
     * has.
     */
    public static Query removeNode(Node worker) {
        return Functions.run("citus_remove_node", literal(worker.host()), literal(worker.port()));
    }

    /** Disables a worker that does not answer, so that Citus sends nothing to it and it can be removed. */
    public static Query disableNode(Node worker) {
        return Functions.run("citus_disable_node", literal(worker.host()), literal(worker.port()), inline(true));
    }

    /**
     * Sets the address of a node in the current database.
     *
     * @param number the node's number in this database
     * @param moved its new address
     */
    public static Query updateNode(int number, Node moved) {
        return Functions.run("citus_update_node", literal(number), literal(moved.host()), literal(moved.port()));
    }

    /**
     * Returns the moves that Citus plans. All shards of a colocation group with the same hash values move together, and
     * each of them has a row.
     *
     * @param drainOnly whether to move only shards on nodes that must hold none
     * @return a row per shard, in the order of the moves
     */
    public static ResultQuery<? extends Record> plannedMoves(boolean drainOnly) {
        return select(SHARD, TABLE, GROUP, SOURCE_HOST, SOURCE_PORT, TARGET_HOST, TARGET_PORT)
                .from(DSL.table("""
                        (select m.shardid as shard, s.logicalrelid::pg_catalog.regclass::pg_catalog.text as table_name, \
                        pg_catalog.concat_ws(' ', p.colocationid, s.shardminvalue, m.sourcename, m.sourceport) as move_group, \
                        m.sourcename as source_host, m.sourceport as source_port, \
                        m.targetname as target_host, m.targetport as target_port, m.ordinality as place \
                        from pg_catalog.get_rebalance_table_shards_plan(drain_only => {0}) with ordinality as m \
                        join pg_catalog.pg_dist_shard as s on s.shardid = m.shardid \
                        join pg_catalog.pg_dist_partition as p on p.logicalrelid = s.logicalrelid) as m""", inline(drainOnly)))
                .orderBy(field("m.place"));
    }

    /** Marks a node as one that must hold no shards, for a transaction that is rolled back: no node is notified. */
    public static Query assumeDrained(Node node) {
        return update(PG_DIST_NODE)
                .set(PG_DIST_NODE.shards, inline(false))
                .where(PG_DIST_NODE.host.eq(literal(node.host())))
                .and(PG_DIST_NODE.port.eq(literal(node.port())));
    }

    /**
     * Returns the size of the shards of the current database on disk, with indexes.
     *
     * @return a row per shard
     */
    public static ResultQuery<? extends Record> sizes() {
        return select(SHARD, BYTES)
                .from(DSL.table("(select shard_id::pg_catalog.int8 as shard, pg_catalog.max(size) as bytes "
                        + "from pg_catalog.citus_shard_sizes() as s(shard_id, size) group by shard_id) as m"));
    }

    /**
     * Moves a shard, and those that move together with it.
     *
     * @param source its current node
     * @param target its new node
     * @param transfer how it is moved
     * @return a query to fetch, in a session of the tables' owner or of a member of that role
     */
    public static ResultQuery<? extends Record> moveShard(long shard, Node source, Node target, String transfer) {
        return select(field(
                "pg_catalog.citus_move_shard_placement({0}, {1}, {2}, {3}, {4}, {5})",
                inline(shard),
                literal(source.host()),
                literal(source.port()),
                literal(target.host()),
                literal(target.port()),
                literal(transfer)));
    }

    /** Stops all background moves of shards. */
    public static Query stopMoving() {
        return Functions.run("citus_rebalance_stop");
    }

    /**
     * Returns the job that moves shards now, if there is one.
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
     * Returns the state of a job.
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
     * Returns the tasks of a job.
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
     * Removes the records of remains of moves on nodes that do not exist any more. Otherwise Citus would refuse to move
     * the shards again.
     */
    public static Query forgetLeftoversOfGoneNodes() {
        return statement("delete from pg_catalog.pg_dist_cleanup where node_group_id not in "
                + "(select groupid from pg_catalog.pg_dist_node)");
    }

    /**
     * Removes the remains of interrupted moves of shards from the nodes.
     *
     * @return the statement, to be run outside transactions
     */
    public static Query clearLeftovers() {
        return DSL.query("call pg_catalog.citus_cleanup_orphaned_resources()");
    }

    /**
     * Removes the placements of reference tables on a worker from a node's metadata.
     *
     * @param group the worker's group
     */
    public static Query forgetCopies(int group, Collection<Long> shards) {
        return deleteFrom(PG_DIST_PLACEMENT)
                .where(PG_DIST_PLACEMENT.group.eq(literal(group)))
                .and(PG_DIST_PLACEMENT.shard.in(shards.stream().map(DSL::inline).toList()));
    }

    /**
     * Returns the nodes that lack reference tables, each with one table and the node from which it can be copied. All
     * others are copied with it.
     *
     * @return a row per node
     */
    public static ResultQuery<? extends Record> missingReferenceCopies() {
        return select(SHARD, SOURCE_HOST, SOURCE_PORT, TARGET_HOST, TARGET_PORT).from(DSL.table("""
                        (select distinct on (t.nodeid) s.shardid as shard, f.nodename as source_host, \
                        f.nodeport as source_port, t.nodename as target_host, t.nodeport as target_port \
                        from pg_catalog.pg_dist_partition as p \
                        join pg_catalog.pg_dist_shard as s on s.logicalrelid = p.logicalrelid \
                        join pg_catalog.pg_dist_placement as l on l.shardid = s.shardid \
                        join pg_catalog.pg_dist_node as f on f.groupid = l.groupid and f.isactive and f.noderole = 'primary' \
                        join pg_catalog.pg_dist_node as t on t.isactive and t.noderole = 'primary' \
                        where p.partmethod = 'n' and p.repmodel = 't' and not exists (select \
                        from pg_catalog.pg_dist_placement as o where o.shardid = s.shardid and o.groupid = t.groupid) \
                        order by t.nodeid, f.nodeid, s.shardid) as m"""));
    }

    /**
     * Copies a reference table to a node, and all others with it.
     *
     * @return a query to fetch, in a session of the tables' owner or of a member of that role
     */
    public static ResultQuery<? extends Record> copyReferenceTables(long shard, Node source, Node target) {
        return Functions.run(
                "citus_copy_shard_placement",
                inline(shard),
                literal(source.host()),
                literal(source.port()),
                literal(target.host()),
                literal(target.port()),
                literal("block_writes"));
    }

    /**
     * Sends the metadata of the nodes and tables to a worker again.
     *
     * @return the statement for the coordinator
     */
    public static Query activate(Node worker) {
        return Functions.run("citus_activate_node", literal(worker.host()), literal(worker.port()));
    }
}
