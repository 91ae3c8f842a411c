package org.citustenancy.failover;

import java.util.Collection;
import org.citustenancy.topology.Node;

/**
 * Names the servers of a cluster, primaries and standbys, for example from a service registry. The monitor finds out by
 * itself which node a server belongs to, and whether it was promoted.
 *
 * <pre>{@code
 * options.with(() -> registry.instances("citus").stream()
 *         .map(instance -> new Node(NodeRole.WORKER, instance.host(), instance.port()))
 *         .toList())
 * }</pre>
 */
@FunctionalInterface
public interface NodeDirectory {

    /**
     * Returns the servers. The monitor and the recovery call this method in each round, from different threads and
     * possibly at the same time. They interrupt a call that takes longer than {@link FailoverOptions#probeWithin}. If
     * the method throws an exception, the monitor continues with the other servers, and the recovery does nothing in
     * that round.
     *
     * @return the addresses at which all nodes reach them, in any order; their role is ignored
     */
    Collection<Node> servers();
}
