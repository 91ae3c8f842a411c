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
                Lane workerLane = new Lane(cluster.sessions(), database, deadline);
                AdvisoryLock shared = AdvisoryLock.onWhatIsShared(lane.maintenance())) {
            Topology topology = TopologyReader.read(lane.maintenance(), cluster.requireCitus());
            List<Node> open =
                    NodeRows.ask(lane.maintenance(), topology, SurveyQueries.doors(List.of(database)))
                            .entrySet()
                            .stream()
                            .filter(entry -> entry.getValue().stream()
                                    .anyMatch(row -> "".equals(row.get(SurveyQueries.ROLE.getName(), String.class))))
                            .map(Map.Entry::getKey)
                            .toList();
            List<PlannedStep> steps = MaintenancePlanner.close(open, database);
            return new PlanExecution(cluster, topology, database, steps, lane, workerLane, ProgressListener.NONE)
                    .runTheRest();
        }
    }
}
