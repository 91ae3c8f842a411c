package org.citustenancy.internal.workers;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ConflictRetry;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.internal.shaded.jooq.Record;
import org.citustenancy.internal.sql.WorkerQueries;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Changes the nodes that are registered in a database: observes under a lock, plans, and runs the plan. */
final class ProjectMembership {

    private final Cluster cluster;
    private final StepPath path;
    private final BiPredicate<Topology, Session> endsBlockers;

    ProjectMembership(StepPath path) {
        this(path, (topology, session) -> false);
    }

    /**
     * Creates changes that wait for open transactions of users, or end them.
     *
     * @param endsBlockers tests, for a session in a database, whether to end sessions of users that block a step there
     */
    ProjectMembership(StepPath path, BiPredicate<Topology, Session> endsBlockers) {
        this.cluster = path.cluster();
        this.path = path;
        this.endsBlockers = endsBlockers;
    }

    /** Returns the registration of a node in the database of a session, if there is one. */
    static Optional<Record> registration(Session session, Node node) {
        return session.fetch(WorkerQueries.registration(node)).stream()
                .<Record>map(row -> row)
                .findFirst();
    }

    /** Changes a project, under its lock. */
    List<StepOutcome> change(String project, BiFunction<Topology, ProjectSessions, List<PlannedStep>> planner) {
        Deadline deadline = cluster.deadline();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, deadline)) {
            return path.holding(
                    () -> AdvisoryLock.onProject(sessions.maintenance(), project),
                    () -> run(project, planner, sessions));
        }
    }

    /** Changes the maintenance database, under the lock on what projects share. */
    List<StepOutcome> changeCluster(BiFunction<Topology, ProjectSessions, List<PlannedStep>> planner) {
        Deadline deadline = cluster.deadline();
        String database = cluster.maintenanceDatabase();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), database, deadline)) {
            return path.holding(
                    () -> AdvisoryLock.onGlobalObjects(sessions.maintenance()), () -> run(database, planner, sessions));
        }
    }

    private List<StepOutcome> run(
            String database,
            BiFunction<Topology, ProjectSessions, List<PlannedStep>> planner,
            ProjectSessions sessions) {
        Topology topology = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
        return ConflictRetry.toChange(progress -> {
            List<PlannedStep> steps = planner.apply(topology, sessions);
            if (path.plans() || steps.isEmpty() || !endsBlockers.test(topology, sessions.project())) {
                path.take(topology, database, steps, sessions, progress);
                return;
            }
            try (BlockerEnding ending = BlockerEnding.whileWaiting(cluster, sessions.project(), database)) {
                path.take(topology, database, steps, sessions, progress);
            }
        });
    }
}
