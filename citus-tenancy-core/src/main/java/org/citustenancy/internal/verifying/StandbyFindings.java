package org.citustenancy.internal.verifying;

import java.util.List;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.StandbyQueries;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.topology.Topology;

/** Finds registered secondaries and clones. The functions of Citus that promote one change one database of many. */
public final class StandbyFindings {

    private StandbyFindings() {}

    /**
     * Reads the registered nodes.
     *
     * @return a finding per node
     */
    public static List<Finding> of(Session maintenance, Topology topology) {
        return topology.citus()
                ? maintenance.fetch(StandbyQueries.standbys()).stream()
                        .map(StandbyFindings::finding)
                        .toList()
                : List.of();
    }

    private static Finding finding(Record row) {
        String address = row.get(StandbyQueries.ADDRESS);
        String primary = row.get(StandbyQueries.PRIMARY);
        String of = primary.isEmpty() ? "" : " of " + primary;
        return row.get(StandbyQueries.CLONE)
                ? new Finding(
                        Severity.WARNING,
                        address,
                        "it is registered as a clone" + of
                                + "; citus_promote_clone_and_rebalance would promote the whole "
                                + "server and change the node list of one database, while all other projects keep the old "
                                + "address, and the clone keeps copies of their rows that nothing updates",
                        "remove it with citus_remove_clone_node; to gain room, call workers().add for an empty server; to "
                                + "replace the worker, promote the standby with pg_promote and call workers().relocate")
                : new Finding(
                        Severity.NOTICE,
                        address,
                        "it is registered as " + row.get(StandbyQueries.ROLE) + of + " in the maintenance database; "
                                + "citus_update_node would change the node list of one database, while all other projects "
                                + "keep the old address",
                        "when it takes over, call workers().relocate (coordinator().relocate for the coordinator) with this "
                                + "address, or run a monitor (followFailovers), which does so");
    }
}
