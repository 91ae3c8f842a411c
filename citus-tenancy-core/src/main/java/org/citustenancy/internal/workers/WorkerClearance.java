package org.citustenancy.internal.workers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.internal.observing.DropBlockers;
import org.citustenancy.internal.observing.ObstacleObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.RemovalPlanner;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ConflictRetry;
import org.citustenancy.internal.provisioning.DatabaseRemoval;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Takes from a server that was a worker what the projects had there: their databases, and then their roles. */
final class WorkerClearance {

    private static final String LEAVES = "the worker leaves the cluster, and what the projects had there with it";

    private final Cluster cluster;
    private final StepPath path;
    private final Node worker;

    WorkerClearance(StepPath path, Node worker) {
        this.cluster = path.cluster();
        this.path = path;
        this.worker = worker;
    }

    List<StepOutcome> dropDatabase(String project) {
        Deadline deadline = cluster.deadline();
        try (ProjectSessions lane = new ProjectSessions(cluster.sessions(), project, deadline)) {
            return path.holding(
                    () -> AdvisoryLock.onProject(lane.maintenance(), project), () -> dropDatabase(project, lane));
        }
    }

    private List<StepOutcome> dropDatabase(String project, ProjectSessions lane) {
        Topology there = there(lane);
        return ConflictRetry.toTakeAway(progress -> DatabaseRemoval.run(
                () -> planner(there, lane, project, List.of(), Set.of()),
                steps -> run(there, project, steps, lane, progress)));
    }

    /** The roles that nothing needs there any more, once some databases are gone from there. */
    List<StepOutcome> dropRoles(Set<String> dropped) {
        String database = cluster.maintenanceDatabase();
        Deadline deadline = cluster.deadline();
        try (ProjectSessions lane = new ProjectSessions(cluster.sessions(), database, deadline)) {
            return path.holding(
                    () -> AdvisoryLock.onGlobalObjects(lane.maintenance()), () -> dropRoles(database, dropped, lane));
        }
    }

    private List<StepOutcome> dropRoles(String database, Set<String> dropped, ProjectSessions lane) {
        List<String> users = cluster.registry(lane.maintenance()).list().stream()
                .map(RegisteredProject::users)
                .flatMap(List::stream)
                .distinct()
                .toList();
        Topology there = there(lane);
        List<PlannedStep> steps = planner(there, lane, database, users, dropped).dropRoles(Set.of());
        List<StepOutcome> outcomes = new ArrayList<>();
        run(there, database, steps, lane, (project, outcome) -> outcomes.add(outcome));
        return outcomes;
    }

    private Topology there(ProjectSessions lane) {
        return TopologyReader.read(lane.maintenance(), cluster.requireCitus()).with(List.of(worker));
    }

    /** What is on the coordinator stays there. */
    private RemovalPlanner planner(
            Topology there, ProjectSessions lane, String database, List<String> users, Set<String> dropped) {
        Map<Node, DropBlockers> observed =
                new ObstacleObserver(there).observe(lane.maintenance(), database, users, dropped);
        return new RemovalPlanner(database, Map.of(worker, observed.get(worker)));
    }

    private void run(
            Topology there, String database, List<PlannedStep> steps, ProjectSessions lane, StepListener progress) {
        List<PlannedStep> explained =
                steps.stream().map(step -> step.because(LEAVES)).toList();
        path.take(there, database, explained, lane, progress);
    }
}
