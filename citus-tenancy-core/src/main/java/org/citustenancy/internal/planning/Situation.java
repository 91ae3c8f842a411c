package org.citustenancy.internal.planning;

import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.NodeState;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/**
 * Where a plan starts and where it must lead.
 *
 * @param desired what was asked for
 * @param observed what the nodes say
 * @param topology the cluster's nodes
 */
public record Situation(DesiredProject desired, ObservedProject observed, Topology topology) {

    NodeState on(Node node) {
        return observed.on(node);
    }

    /** Whether the database is still to be made there, as a copy of one that has Citus already. */
    boolean startsBlank(Node node) {
        return on(node).blank() && on(node).database().isEmpty();
    }

    String database() {
        return desired.name();
    }
}
