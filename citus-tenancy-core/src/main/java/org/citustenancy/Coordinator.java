package org.citustenancy;

import org.citustenancy.internal.names.Addresses;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.session.ReadOnlyCall;
import org.citustenancy.internal.workers.NodeRelocation;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.NodeRole;
import org.citustenancy.workers.NodeChange;
import org.citustenancy.workers.NodePlan;

/**
 * The operations on the coordinator of a cluster.
 *
 * <pre>{@code
 * cluster.coordinator().relocate("citus-coordinator-2", 5432).orThrow();   // a standby took over
 * }</pre>
 *
 * <p>The address is that by which the nodes reach the coordinator. You can repeat every call: it resumes where the last
 * one stopped, regardless of the reason.
 */
public final class Coordinator {

    private final Cluster cluster;
    private final Runnable changed;

    /**
     * Creates the operations of a cluster.
     *
     * @param changed is run when the coordinator's address may have changed
     */
    Coordinator(Cluster cluster, Runnable changed) {
        this.cluster = cluster;
        this.changed = changed;
    }

    /**
     * Changes the address under which the coordinator is registered, in the maintenance database and in every project.
     * Call this when the coordinator moved, or when a standby of it was promoted. The {@link CitusCluster} must be
     * connected to it: give {@link ClusterOptions} a URL with the addresses of all servers that can be the coordinator.
     * All workers must answer.
     *
     * @param host its new host name, as the other nodes reach it
     * @param port its new port
     * @return the completed steps; none where it is registered by this address already
     * @throws org.citustenancy.errors.ConflictException if the server at that address is not the one that the
     *     {@link CitusCluster} is connected to, or was superseded; nothing was changed
     * @throws org.citustenancy.errors.NodeUnreachableException if the coordinator does not reach itself there
     * @see <a href="https://docs.citusdata.com/en/stable/develop/api_udf.html#citus-set-coordinator-host">
     *     citus_set_coordinator_host</a>
     */
    public NodeChange relocate(String host, int port) {
        NodeChange change =
                NodeRelocation.ofCoordinator(cluster, node(host, port)).run();
        changed.run();
        return change;
    }

    /**
     * Plans {@link #relocate}: returns the steps that it would run now. Changes nothing, and takes no locks.
     *
     * @param host its new host name, as the other nodes reach it
     * @param port its new port
     * @return the plan
     * @throws org.citustenancy.errors.CitusTenancyException as {@link #relocate} does before it changes anything
     */
    public NodePlan planRelocate(String host, int port) {
        return ReadOnlyCall.changingNothing(
                () -> NodeRelocation.ofCoordinator(cluster, node(host, port)).plan());
    }

    private static Node node(String host, int port) {
        return Addresses.node(NodeRole.COORDINATOR, host, port);
    }
}
