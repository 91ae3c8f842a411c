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
     * Returns the servers. It is called in each round, of the monitor and of the recovery, and is interrupted if it
     * takes longer than {@link FailoverOptions#probeWithin}.
     *
     * @return the addresses at which all nodes reach them, in any order; their role is ignored
     */
    Collection<Node> servers();
}
