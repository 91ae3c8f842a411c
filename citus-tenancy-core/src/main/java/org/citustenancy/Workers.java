package org.citustenancy;

import java.util.List;
import java.util.Optional;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Addresses;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.Look;
import org.citustenancy.internal.workers.ShardMoves;
import org.citustenancy.internal.workers.WorkerAddition;
import org.citustenancy.internal.workers.WorkerDrain;
import org.citustenancy.internal.workers.WorkerRelocation;
import org.citustenancy.internal.workers.WorkerRemoval;
import org.citustenancy.internal.workers.WorkerRoster;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.workers.PlannedMoves;
import org.citustenancy.workers.Rebalancing;
import org.citustenancy.workers.Worker;
import org.citustenancy.workers.WorkerChange;
import org.citustenancy.workers.WorkerPlan;

/**
 * The workers of a cluster, and how they join and leave it with everything that the projects have on them.
 *
 * <pre>{@code
 * cluster.workers().add("citus-worker-3", 5432).orThrow();              // every project grows onto it
 * cluster.workers().rebalance(Rebalancing.STANDARD);                  // and moves some of its shards there
 * cluster.workers().remove("citus-worker-1", 5432).orThrow();           // drained first, nothing is lost
 * }</pre>
 *
 * <p>Addresses are those by which the nodes reach each other. You can repeat every call: it resumes where the last one
 * stopped, regardless of the reason.
 */
public final class Workers {

    private final Cluster cluster;
    private final Runnable changed;

    /**
     * The workers of a cluster.
     *
     * @param changed is run when they may have become others
     */
    Workers(Cluster cluster, Runnable changed) {
        this.cluster = cluster;
        this.changed = changed;
    }

    /**
     * The workers, each asked whether it answers.
     *
     * @return in the order in which Citus numbers them
     */
    public List<Worker> list() {
        return Look.changingNothing(() -> new WorkerRoster(cluster).list());
    }

    /**
     * Lets a worker join: registers it, and brings onto it every project's database, extensions, roles with their
     * passwords, grants and settings, several projects at a time. One that fails does not stop the rest. Shards stay where
     * they are; see {@link #add(String, int, Rebalancing)}.
     *
     * @param host its host name, as the other nodes know it
     * @param port its port
     * @return what was done; nothing if it was a worker already and every project is on it
     * @throws InvalidRequestException if it is the coordinator, or one of the workers under another name
     * @throws org.citustenancy.errors.NodeUnreachableException if the coordinator does not reach it
     * @throws org.citustenancy.errors.ConflictException if its versions do not fit, if it belongs to another cluster, or if
     *     it has databases of projects' names with contents of their own
     */
    public WorkerChange add(String host, int port) {
        return notifying(new WorkerAddition(cluster, StepListener.NONE).add(worker(host, port), Optional.empty()));
    }

    /**
     * Lets a worker join, and then moves shards onto it.
     *
     * @param host its host name, as the other nodes know it
     * @param port its port
     * @param rebalancing how shards are moved
     * @return what was done
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #add(String, int)} does
     */
    public WorkerChange add(String host, int port, Rebalancing rebalancing) {
        return notifying(
                new WorkerAddition(cluster, StepListener.NONE).add(worker(host, port), Optional.of(rebalancing)));
    }

    /**
     * What {@link #add(String, int)} would do now. Changes nothing, and takes no lock. Which shards {@link #rebalance} would
     * then move is known once the worker is there: {@link #planRebalance}. Where three or more projects grow, their databases
     * become copies of an empty one, which takes fewer steps than the plan shows.
     *
     * <pre>{@code
     * System.out.println(cluster.workers().planAdd("citus-worker-3", 5432).orThrow());
     * }</pre>
     *
     * @param host its host name, as the other nodes know it
     * @param port its port
     * @return the plan, with the projects that refuse the worker
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #add(String, int)} does before it changes anything
     */
    public WorkerPlan planAdd(String host, int port) {
        return Look.changingNothing(() -> WorkerAddition.plan(cluster, worker(host, port)));
    }

    /**
     * Spreads the shards of every project evenly over the workers, one project after another. A project whose shards cannot be
     * moved does not stop the others; its exception is thrown at the end.
     *
     * @param rebalancing how shards are moved
     * @throws org.citustenancy.errors.ConflictException if a worker lacks a project's database, or, with {@link
     *     org.citustenancy.workers.ShardTransfer#AUTO}, a table has neither a primary key nor a replica identity
     * @throws org.citustenancy.errors.DeadlineExceededException if time runs out; the moving is stopped
     * @throws org.citustenancy.errors.StepFailedException if Citus cannot move a shard
     */
    public void rebalance(Rebalancing rebalancing) {
        new ShardMoves(cluster).rebalanceAll(rebalancing);
    }

    /**
     * What {@link #rebalance} would do now. Changes nothing, and takes no lock.
     *
     * @param rebalancing how shards are to be moved
     * @return the moves
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #rebalance} does before it changes anything
     */
    public PlannedMoves planRebalance(Rebalancing rebalancing) {
        return Look.changingNothing(() -> new ShardMoves(cluster).planAll(rebalancing));
    }

    /**
     * Moves all shards away from a worker, and lets no new ones onto it. It stays a worker. With {@link
     * org.citustenancy.workers.ShardTransfer#AUTO}, a table that has neither a primary key nor a replica identity is a failure
     * of its project ({@link WorkerChange#failures()}), and nothing is changed in any.
     *
     * @param host its host name, as the other nodes know it
     * @param port its port
     * @param rebalancing how shards are moved
     * @return what was done
     * @throws org.citustenancy.errors.ConflictException if no other node may hold shards
     * @throws org.citustenancy.errors.NodeUnreachableException if a worker does not answer; nothing was changed
     * @throws org.citustenancy.errors.NotFoundException if it is not a worker
     */
    public WorkerChange drain(String host, int port, Rebalancing rebalancing) {
        return new WorkerDrain(cluster).drain(worker(host, port), rebalancing);
    }

    /**
     * What {@link #drain} would do now. Changes nothing, and takes no lock.
     *
     * @param host its host name, as the other nodes know it
     * @param port its port
     * @param rebalancing how its shards are to be moved
     * @return the plan, with the projects that refuse it
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #drain} does before it changes anything
     */
    public WorkerPlan planDrain(String host, int port, Rebalancing rebalancing) {
        return Look.changingNothing(() -> WorkerDrain.plan(cluster, worker(host, port), rebalancing));
    }

    /**
     * Lets a worker leave: moves all shards away from it, then takes it out of every project, and drops their databases on
     * it. A worker that is dead leaves too, if no shard is on it alone.
     *
     * @param host its host name, as the other nodes know it
     * @param port its port
     * @return what was done
     * @throws org.citustenancy.errors.ConflictException if no other node may hold shards, or if it is dead and has shards
     *     that are nowhere else
     * @throws org.citustenancy.errors.NotFoundException if neither the cluster nor any project knows it
     */
    public WorkerChange remove(String host, int port) {
        return remove(host, port, Rebalancing.STANDARD);
    }

    /**
     * Lets a worker leave, as {@link #remove(String, int)} does.
     *
     * @param host its host name, as the other nodes know it
     * @param port its port
     * @param rebalancing how shards are moved away
     * @return what was done
     */
    public WorkerChange remove(String host, int port, Rebalancing rebalancing) {
        return notifying(new WorkerRemoval(cluster).remove(worker(host, port), rebalancing));
    }

    /**
     * What {@link #remove(String, int)} would do now, as {@link #planRemove(String, int, Rebalancing)} says.
     *
     * @param host its host name, as the other nodes know it
     * @param port its port
     * @return the plan, with the projects that refuse it
     */
    public WorkerPlan planRemove(String host, int port) {
        return planRemove(host, port, Rebalancing.STANDARD);
    }

    /**
     * What {@link #remove(String, int, Rebalancing)} would do now. Changes nothing, and takes no lock.
     *
     * @param host its host name, as the other nodes know it
     * @param port its port
     * @param rebalancing how its shards are to be moved away
     * @return the plan, with the projects that refuse it
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #remove(String, int, Rebalancing)} does before it changes anything
     */
    public WorkerPlan planRemove(String host, int port, Rebalancing rebalancing) {
        return Look.changingNothing(() -> WorkerRemoval.plan(cluster, worker(host, port), rebalancing));
    }

    /**
     * Changes the address of a worker in the cluster and in every project: the same worker that has
     * moved, or a standby of it that took over.
     *
     * @param host its host name so far
     * @param port its port so far
     * @param newHost its host name from now on
     * @param newPort its port from now on
     * @return what was done
     * @throws org.citustenancy.errors.ConflictException if another server answers there
     * @throws org.citustenancy.errors.NotFoundException if neither address is a worker's
     */
    public WorkerChange relocate(String host, int port, String newHost, int newPort) {
        return notifying(new WorkerRelocation(cluster).relocate(worker(host, port), worker(newHost, newPort)));
    }

    /**
     * What {@link #relocate} would do now. Changes nothing, and takes no lock.
     *
     * @param host its host name so far
     * @param port its port so far
     * @param newHost its host name from then on
     * @param newPort its port from then on
     * @return the plan
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #relocate} does before it changes anything
     */
    public WorkerPlan planRelocate(String host, int port, String newHost, int newPort) {
        return Look.changingNothing(() -> WorkerRelocation.plan(cluster, worker(host, port), worker(newHost, newPort)));
    }

    private WorkerChange notifying(WorkerChange change) {
        changed.run();
        return change;
    }

    private static Node worker(String host, int port) {
        return Addresses.node(NodeRole.WORKER, host, port);
    }
}
