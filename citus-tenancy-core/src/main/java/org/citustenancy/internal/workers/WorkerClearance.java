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

/** Removes the remains of the projects from a server that was a worker: their databases, and then their roles. */
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
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, deadline)) {
            return path.holding(
                    () -> AdvisoryLock.onProject(sessions.maintenance(), project),
                    () -> dropDatabase(project, sessions));
        }
    }

    private List<StepOutcome> dropDatabase(String project, ProjectSessions sessions) {
        Topology there = there(sessions);
        return ConflictRetry.toTakeAway(progress -> DatabaseRemoval.run(
                () -> planner(there, sessions, project, List.of(), Set.of()),
                steps -> run(there, project, steps, sessions, progress)));
    }

    /** Drops the roles that are no longer needed on the server once some databases are dropped. */
    List<StepOutcome> dropRoles(Set<String> dropped) {
        String database = cluster.maintenanceDatabase();
        Deadline deadline = cluster.deadline();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), database, deadline)) {
            return path.holding(
                    () -> AdvisoryLock.onGlobalObjects(sessions.maintenance()),
                    () -> dropRoles(database, dropped, sessions));
        }
    }

    private List<StepOutcome> dropRoles(String database, Set<String> dropped, ProjectSessions sessions) {
        List<String> users = cluster.registry(sessions.maintenance()).list().stream()
                .map(RegisteredProject::users)
                .flatMap(List::stream)
                .distinct()
                .toList();
        Topology there = there(sessions);
        List<PlannedStep> steps =
                planner(there, sessions, database, users, dropped).dropRoles(Set.of());
        List<StepOutcome> outcomes = new ArrayList<>();
        run(there, database, steps, sessions, (project, outcome) -> outcomes.add(outcome));
        return outcomes;
    }

    private Topology there(ProjectSessions sessions) {
        return TopologyReader.read(sessions.maintenance(), cluster.requireCitus())
                .with(List.of(worker));
    }

    /** Returns a planner that changes nothing on the coordinator. */
    private RemovalPlanner planner(
            Topology there, ProjectSessions sessions, String database, List<String> users, Set<String> dropped) {
        Map<Node, DropBlockers> observed =
                new ObstacleObserver(there).observe(sessions.maintenance(), database, users, dropped);
        return new RemovalPlanner(database, Map.of(worker, observed.get(worker)));
    }

    private void run(
            Topology there, String database, List<PlannedStep> steps, ProjectSessions sessions, StepListener progress) {
        List<PlannedStep> explained =
                steps.stream().map(step -> step.because(LEAVES)).toList();
        path.take(there, database, explained, sessions, progress);
    }
}
