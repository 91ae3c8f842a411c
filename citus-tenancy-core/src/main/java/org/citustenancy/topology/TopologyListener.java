package org.citustenancy.topology;

/**
 * Is notified when workers are added, removed or relocated, and when the coordinator is relocated, so that connection
 * pools can be updated.
 *
 * <pre>{@code
 * cluster.onTopologyChange(topology -> pools.workersChanged(addresses(topology.workers())));
 * }</pre>
 *
 * <p>A {@link RuntimeException} of the listener is logged as a warning; the nodes are already changed.
 */
@FunctionalInterface
public interface TopologyListener {

    /**
     * Is called when the nodes may have changed.
     *
     * @param topology the nodes, as currently registered on the coordinator
     */
    void topologyChanged(Topology topology);
}
