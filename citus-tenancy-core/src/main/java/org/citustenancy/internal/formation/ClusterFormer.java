package org.citustenancy.internal.formation;

import java.util.List;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.internal.observing.CoordinatorObserver;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.MaintenanceDatabaseCheck;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.ClusterQueries;

/** Forms one cluster from servers, or changes nothing if they are one already. */
public final class ClusterFormer {

    private final Cluster cluster;

    /**
     * Creates a former of one cluster.
     *
     * @param cluster the cluster of the coordinator
     */
    public ClusterFormer(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Waits for the servers and forms a cluster from them.
     *
     * @param formation the servers
     */
    public void form(ClusterFormation formation) {
        Deadline deadline = Deadline.in(formation.timeout());
        FormationReport report = new FormationReport(cluster, formation);
        CoordinatorArrival coordinator = new CoordinatorArrival(cluster.sessions(), formation, deadline, report);
        try (Session session = coordinator.await()) {
            if (!cluster.requireCitus() && !CoordinatorObserver.canHaveCitus(session)) {
                return;
            }
        }
        new MaintenanceDatabaseCheck(cluster).refuseProject();
        boolean founded =
                !new Founding(cluster, formation, report).found(deadline).isEmpty();
        boolean joined = new WorkerArrivals(cluster, formation, coordinator, deadline, report).await();
        if (founded || joined) {
            check(coordinator);
        }
        report.done();
    }

    /**
     * Checks that each node reaches each other node, because shards move and metadata is sent between any two nodes.
     */
    private static void check(CoordinatorArrival coordinator) {
        try (Session session = coordinator.await()) {
            List<String> broken = session.fetch(ClusterQueries.connectivity()).stream()
                    .filter(row -> !Boolean.TRUE.equals(row.get(ClusterQueries.CONNECTED)))
                    .map(ClusterFormer::way)
                    .toList();
            if (!broken.isEmpty()) {
                throw new NodeUnreachableException(Failure.of(
                                "Not every node reaches every other one: " + String.join(", ", broken))
                        .where(session.place())
                        .state("the workers are registered")
                        .fix("make the addresses known on these nodes and let the admin through, and run it again"));
            }
        }
    }

    private static String way(Record row) {
        return row.get(ClusterQueries.FROM_HOST) + ":" + row.get(ClusterQueries.FROM_PORT) + " to "
                + row.get(ClusterQueries.TO_HOST) + ":" + row.get(ClusterQueries.TO_PORT);
    }
}
