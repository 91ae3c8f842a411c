package org.citustenancy.internal.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.internal.observing.ObstacleObserver;
import org.citustenancy.internal.observing.Obstacles;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.RemovalPlanner;
import org.citustenancy.internal.provisioning.Attempts;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.DatabaseRemoval;
import org.citustenancy.internal.provisioning.PlanExecution;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Lane;
import org.citustenancy.plan.ProgressListener;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Takes from a server that was a worker what the projects had there: their databases, and then their roles. */
final class WorkerClearance {

    private final Cluster cluster;
    private final Node worker;

    WorkerClearance(Cluster cluster, Node worker) {
        this.cluster = cluster;
        this.worker = worker;
    }

    List<StepOutcome> dropDatabase(String project) {
        Deadline deadline = cluster.deadline();
        try (Lane lane = new Lane(cluster.sessions(), project, deadline);
                AdvisoryLock lock = AdvisoryLock.onProject(lane.maintenance(), project)) {
            Topology there = there(lane);
            return Attempts.toTakeAway(progress -> DatabaseRemoval.run(
                    () -> planner(there, lane, project, List.of()),
                    steps -> run(there, project, steps, lane, progress)));
        }
    }

    List<StepOutcome> dropRoles() {
        String database = cluster.maintenanceDatabase();
        Deadline deadline = cluster.deadline();
        List<StepOutcome> outcomes = new ArrayList<>();
        try (Lane lane = new Lane(cluster.sessions(), database, deadline);
                AdvisoryLock shared = AdvisoryLock.onWhatIsShared(lane.maintenance())) {
            List<String> users = cluster.registry(lane.maintenance()).list().stream()
                    .map(RegisteredProject::users)
                    .flatMap(List::stream)
                    .distinct()
                    .toList();
            Topology there = there(lane);
            List<PlannedStep> steps = planner(there, lane, database, users).dropRoles(Set.of());
            run(there, database, steps, lane, (project, outcome) -> outcomes.add(outcome));
        }
        return outcomes;
    }

    private Topology there(Lane lane) {
        return TopologyReader.read(lane.maintenance(), cluster.requireCitus()).with(List.of(worker));
    }

    /** What is on the coordinator stays there. */
    private RemovalPlanner planner(Topology there, Lane lane, String database, List<String> users) {
        Map<Node, Obstacles> observed = new ObstacleObserver(there).observe(lane.maintenance(), database, users);
        return new RemovalPlanner(database, Map.of(worker, observed.get(worker)));
    }

    private void run(Topology there, String database, List<PlannedStep> steps, Lane lane, ProgressListener progress) {
        new PlanExecution(cluster, there, database, steps, lane, progress).run();
    }
}
