package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.Map;
import org.citustenancy.internal.observing.NodeRows;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.MaintenancePlanner;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Lane;
import org.citustenancy.internal.sql.SurveyQueries;
import org.citustenancy.plan.ProgressListener;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Keeps the projects' users out of the maintenance database, on every node. */
public final class MaintenanceDoor {

    private final Cluster cluster;

    /**
     * The door of a cluster's maintenance database.
     *
     * @param cluster the cluster
     */
    public MaintenanceDoor(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Closes it.
     *
     * @return what was done
     */
    public List<StepOutcome> close() {
        String database = cluster.maintenanceDatabase();
        Deadline deadline = cluster.deadline();
        try (Lane lane = new Lane(cluster.sessions(), database, deadline);
                AdvisoryLock shared = AdvisoryLock.onWhatIsShared(lane.maintenance())) {
            Topology topology = TopologyReader.read(lane.maintenance(), cluster.requireCitus());
            List<PlannedStep> steps = MaintenancePlanner.close(openOn(topology, lane, database), database);
            return new PlanExecution(cluster, topology, database, steps, lane, ProgressListener.NONE).runTheRest();
        }
    }

    /**
     * Whether it is closed on the coordinator, and open on a worker.
     *
     * @param worker the worker
     * @param both the coordinator and the worker
     * @param lane the sessions to look through
     * @param database the maintenance database
     * @return true if the worker's has still to be closed
     */
    public static boolean isClosedBut(Node worker, Topology both, Lane lane, String database) {
        return openOn(both, lane, database).equals(List.of(worker));
    }

    private static List<Node> openOn(Topology topology, Lane lane, String database) {
        return NodeRows.ask(lane.maintenance(), topology, SurveyQueries.doors(List.of(database))).entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                        .anyMatch(row -> "".equals(row.get(SurveyQueries.ROLE.getName(), String.class))))
                .map(Map.Entry::getKey)
                .toList();
    }
}
