package org.citustenancy;

import java.util.List;
import java.util.Optional;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.internal.names.Addresses;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.ReadOnlyCall;
import org.citustenancy.internal.workers.NodeRelocation;
import org.citustenancy.internal.workers.ShardMoves;
import org.citustenancy.internal.workers.WorkerAddition;
import org.citustenancy.internal.workers.WorkerDrain;
import org.citustenancy.internal.workers.WorkerRemoval;
import org.citustenancy.internal.workers.WorkerRoster;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.workers.NodeChange;
import org.citustenancy.workers.NodePlan;
import org.citustenancy.workers.PlannedMoves;
import org.citustenancy.workers.Rebalancing;
import org.citustenancy.workers.Worker;

/**
 * The operations on the workers of a cluster. Workers join and leave the cluster with everything that the projects have
 * on them.
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
     * Creates the operations of a cluster.
     *
     * @param changed is run when the workers may have changed
     */
    Workers(Cluster cluster, Runnable changed) {
        this.cluster = cluster;
        this.changed = changed;
    }

    /**
     * Returns the workers and checks whether each one answers.
     *
     * @return the workers, in the order of their Citus node numbers
     */
    public List<Worker> list() {
        return ReadOnlyCall.changingNothing(() -> new WorkerRoster(cluster).list());
    }

    /**
     * Adds a worker to the cluster: registers it and creates every project's database, extensions, roles with their
     * passwords, grants and settings on it, several projects at a time. A failure of one project does not stop the
     * others. Shards stay on their nodes; see {@link #add(String, int, Rebalancing)}. If the
     * address is that of an existing worker, the method accepts the server there as that worker, even if another system
     * identifier or a later timeline is known.
     *
     * @param host its host name, as the other nodes reach it
     * @param port its port
     * @return the completed steps; none if it was a worker already and has every project
     * @throws InvalidRequestException if the address is that of the coordinator, or another address of an existing
     *     worker
     * @throws org.citustenancy.errors.NodeUnreachableException if the coordinator cannot reach it
     * @throws org.citustenancy.errors.ConflictException if its versions do not match, if it belongs to another cluster,
     *     if it is a secondary or another standby, or if it has non-empty databases with the names of projects
     */
    public NodeChange add(String host, int port) {
        return notifying(new WorkerAddition(cluster, StepListener.NONE).add(worker(host, port), Optional.empty()));
    }

    /**
     * Adds a worker to the cluster, and then moves shards to it.
     *
     * @param host its host name, as the other nodes reach it
     * @param port its port
     * @param rebalancing how to move shards
     * @return the completed steps
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #add(String, int)} does
     */
    public NodeChange add(String host, int port, Rebalancing rebalancing) {
        return notifying(
                new WorkerAddition(cluster, StepListener.NONE).add(worker(host, port), Optional.of(rebalancing)));
    }

    /**
     * Plans {@link #add(String, int)}: returns the steps that it would run now. Changes nothing, and takes no locks.
     * The plan does not contain the shards that {@link #rebalance} would then move; use {@link #planRebalance} once the
     * worker is added. If the worker gets the databases of three or more projects, these become copies of an empty one,
     * which takes fewer steps than the plan shows.
     *
     * <pre>{@code
     * System.out.println(cluster.workers().planAdd("citus-worker-3", 5432).orThrow());
     * }</pre>
     *
     * @param host its host name, as the other nodes reach it
     * @param port its port
     * @return the plan, with the projects that refuse the worker
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #add(String, int)} does before it changes
     *     anything
     */
    public NodePlan planAdd(String host, int port) {
        return ReadOnlyCall.changingNothing(() -> WorkerAddition.plan(cluster, worker(host, port)));
    }

    /**
     * Distributes the shards of every project evenly over the workers, one project after another. A project whose
     * shards cannot be moved does not stop the others; the method throws its exception at the end.
     *
     * @param rebalancing how to move shards
     * @throws org.citustenancy.errors.ConflictException if a worker lacks a project's database, or, with {@link
     *     org.citustenancy.workers.ShardTransfer#AUTO}, a table has neither a primary key nor a replica identity
     * @throws org.citustenancy.errors.DeadlineExceededException if the time runs out; the method stops moving shards
     * @throws org.citustenancy.errors.StepFailedException if Citus cannot move a shard
     */
    public void rebalance(Rebalancing rebalancing) {
        new ShardMoves(cluster).rebalanceAll(rebalancing);
    }

    /**
     * Plans {@link #rebalance}: returns the moves that it would start now. Changes nothing, and takes no locks.
     *
     * @param rebalancing how to move shards
     * @return the moves
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #rebalance} does before it changes anything
     */
    public PlannedMoves planRebalance(Rebalancing rebalancing) {
        return ReadOnlyCall.changingNothing(() -> new ShardMoves(cluster).planAll(rebalancing));
    }

    /**
     * Moves all shards of a worker to other nodes, and prevents new shards on it. The node remains a worker. With
     * {@link org.citustenancy.workers.ShardTransfer#AUTO}, a table that has neither a primary key nor a replica
     * identity is a failure of its project ({@link NodeChange#failures()}), and no project is changed.
     *
     * @param host its host name, as the other nodes reach it
     * @param port its port
     * @param rebalancing how to move shards
     * @return the completed steps
     * @throws org.citustenancy.errors.ConflictException if no other node may hold shards, if it is a secondary, or if a
     *     standby answers at the address of a worker
     * @throws org.citustenancy.errors.NodeUnreachableException if a worker does not answer; nothing was changed
     * @throws org.citustenancy.errors.NotFoundException if it is not a worker
     */
    public NodeChange drain(String host, int port, Rebalancing rebalancing) {
        return new WorkerDrain(cluster).drain(worker(host, port), rebalancing);
    }

    /**
     * Plans {@link #drain}: returns the steps that it would run now. Changes nothing, and takes no locks.
     *
     * @param host its host name, as the other nodes reach it
     * @param port its port
     * @param rebalancing how to move shards
     * @return the plan, with the projects that refuse the change
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #drain} does before it changes anything
     */
    public NodePlan planDrain(String host, int port, Rebalancing rebalancing) {
        return ReadOnlyCall.changingNothing(() -> WorkerDrain.plan(cluster, worker(host, port), rebalancing));
    }

    /**
     * Removes a worker from the cluster: moves all its shards to other nodes, unregisters it in every project, and
     * drops the projects' databases on it. An unreachable worker can be removed too if every shard on it has a
     * placement on another node. Registered secondaries of the worker leave with it. With the address of a secondary,
     * only the secondary leaves: it is unregistered in the maintenance database and in every project.
     *
     * <p>Only the server that was the worker is cleared of databases. Another server that answers at the worker's
     * address stays as it is.
     *
     * @param host its host name, as the other nodes reach it
     * @param port its port
     * @return the completed steps
     * @throws org.citustenancy.errors.ConflictException if no other node may hold shards, or if the worker is
     *     unreachable and holds shards that no other node has
     * @throws org.citustenancy.errors.NotFoundException if neither the cluster nor any project has this worker
     */
    public NodeChange remove(String host, int port) {
        return remove(host, port, Rebalancing.STANDARD);
    }

    /**
     * Removes a worker from the cluster, as {@link #remove(String, int)} does.
     *
     * @param host its host name, as the other nodes reach it
     * @param port its port
     * @param rebalancing how to move shards
     * @return the completed steps
     */
    public NodeChange remove(String host, int port, Rebalancing rebalancing) {
        return notifying(new WorkerRemoval(cluster).remove(worker(host, port), rebalancing));
    }

    /**
     * Plans {@link #remove(String, int)}, as {@link #planRemove(String, int, Rebalancing)} does.
     *
     * @param host its host name, as the other nodes reach it
     * @param port its port
     * @return the plan, with the projects that refuse the change
     */
    public NodePlan planRemove(String host, int port) {
        return planRemove(host, port, Rebalancing.STANDARD);
    }

    /**
     * Plans {@link #remove(String, int, Rebalancing)}: returns the steps that it would run now. Changes nothing, and
     * takes no locks.
     *
     * @param host its host name, as the other nodes reach it
     * @param port its port
     * @param rebalancing how to move shards
     * @return the plan, with the projects that refuse the change
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #remove(String, int, Rebalancing)} does before it
     *     changes anything
     */
    public NodePlan planRemove(String host, int port, Rebalancing rebalancing) {
        return ReadOnlyCall.changingNothing(() -> WorkerRemoval.plan(cluster, worker(host, port), rebalancing));
    }

    /**
     * Changes the address of a worker in the cluster and in every project. The server at the new address must be the
     * same worker, or a standby of it that was promoted. A secondary that is registered at the new address gets the
     * former one. Databases that have the new address already, because Patroni or another program changed it, stay as
     * they are.
     *
     * <p>Citus waits for statements that run on the worker. They end at once if the former server is down, and never if
     * it hangs: stop it first. It also waits for open transactions that wrote to the worker. If no server, or another
     * one, answers at the former address, sessions of users whose transaction blocks the change for a second are ended.
     * Several projects get the address at a time, the maintenance database last. You can repeat a call that failed in some
     * projects.
     *
     * @param host its current host name
     * @param port its current port
     * @param newHost its new host name
     * @param newPort its new port
     * @return the completed steps
     * @throws org.citustenancy.errors.ConflictException if the server at the new address is a standby, was superseded,
     *     or is another server; nothing was changed
     * @throws org.citustenancy.errors.NodeUnreachableException if the coordinator does not reach the new address
     * @throws org.citustenancy.errors.NotFoundException if neither address belongs to a worker
     * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html#citus-update-node">citus_update_node</a>
     */
    public NodeChange relocate(String host, int port, String newHost, int newPort) {
        return notifying(NodeRelocation.ofWorker(cluster, worker(host, port), worker(newHost, newPort))
                .run());
    }

    /**
     * Plans {@link #relocate}: returns the steps that it would run now. Changes nothing, and takes no locks.
     *
     * @param host its current host name
     * @param port its current port
     * @param newHost its new host name
     * @param newPort its new port
     * @return the plan
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #relocate} does before it changes anything
     */
    public NodePlan planRelocate(String host, int port, String newHost, int newPort) {
        return ReadOnlyCall.changingNothing(
                () -> NodeRelocation.ofWorker(cluster, worker(host, port), worker(newHost, newPort))
                        .plan());
    }

    private NodeChange notifying(NodeChange change) {
        changed.run();
        return change;
    }

    private static Node worker(String host, int port) {
        return Addresses.node(NodeRole.WORKER, host, port);
    }
}
