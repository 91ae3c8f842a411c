package org.citustenancy.internal.verifying;

import java.util.List;
import org.citustenancy.internal.observing.RecoveryObserver;
import org.citustenancy.internal.registry.LivingServices;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Topology;

/** Finds nodes on which neither the daemons of Citus nor this library recovers distributed transactions. */
public final class RecoveryFindings {

    private RecoveryFindings() {}

    /**
     * Looks at the setting on each node, and whether the service of this library is alive.
     *
     * @param maintenance a session in the maintenance database
     * @return a finding per node without recovery
     */
    public static List<Finding> of(Session maintenance, Topology topology) {
        if (!topology.citus() || LivingServices.recover(maintenance)) {
            return List.of();
        }
        return RecoveryObserver.of(maintenance, topology).entrySet().stream()
                .filter(node -> node.getValue()
                        .answer()
                        .filter(seen -> !seen.daemonRecovers())
                        .isPresent())
                .map(node -> new Finding(
                        Severity.SEVERE,
                        node.getKey().toString(),
                        "distributed transactions are not recovered: citus.recover_2pc_interval is -1, and no process of this "
                                + "library recovers in its place; interrupted commits keep their locks",
                        "start cluster.recoverTransactions() in one of the processes; if the nodes have no standbys any "
                                + "more, call cluster.recoverTransactions().handBack()"))
                .toList();
    }
}
