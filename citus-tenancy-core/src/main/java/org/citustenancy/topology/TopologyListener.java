package org.citustenancy.topology;

/**
 * Is notified when workers joined, left or moved, so that connection pools can follow.
 *
 * <pre>{@code
 * cluster.onTopologyChange(topology -> pools.workersChanged(addresses(topology.workers())));
 * }</pre>
 *
 * <p>A {@link RuntimeException} that it throws is logged as a warning: the nodes are changed.
 */
@FunctionalInterface
public interface TopologyListener {

    /**
     * The nodes may be others than before.
     *
     * @param topology the nodes, as the coordinator knows them now
     */
    void topologyChanged(Topology topology);
}
