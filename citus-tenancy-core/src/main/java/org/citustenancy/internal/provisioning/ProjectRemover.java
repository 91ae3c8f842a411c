package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.ConnectionException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.observing.DropBlockers;
import org.citustenancy.internal.observing.ObstacleObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.RemovalPlanner;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.rowaccess.OrphanedRoles;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.sql.SurveyQueries;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes a project from every node. */
public final class ProjectRemover {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectRemover.class);

    private final Cluster cluster;

    /** Creates a remover of projects from a cluster. */
    public ProjectRemover(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Returns the steps that {@link #drop} would run now. Changes nothing. */
    public ProvisioningPlan plan(String project) {
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, cluster.deadline())) {
            Topology topology = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
            List<String> users = users(registry(sessions).find(project));
            RemovalPlanner planner = new RemovalPlanner(project, observe(topology, sessions, project, users));
            List<PlannedStep> steps = Stream.of(
                            planner.close(), planner.drop(), planner.dropRoles(usersOfOthers(sessions, project)))
                    .flatMap(List::stream)
                    .toList();
            return PlanPrinter.show(project, cluster.maintenanceDatabase(), steps);
        }
    }

    /**
     * Drops a project.
     *
     * @param unmanaged whether a database that the registry does not contain may be dropped
     */
    public ProvisioningResult drop(String project, boolean unmanaged) {
        long begun = System.nanoTime();
        Deadline deadline = cluster.deadline();
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, deadline)) {
            Topology topology = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
            cluster.registry(sessions.maintenance()).ensure();
            AdvisoryLock.onProject(sessions.maintenance(), project).untilTheSessionEnds();
            List<String> users = begin(sessions, project, unmanaged);
            removeOrphans(topology, sessions, project);
            List<StepOutcome> outcomes =
                    ConflictRetry.toTakeAway(progress -> drop(topology, sessions, project, users, progress));
            return new ProvisioningResult(project, outcomes, List.of(), Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /**
     * Removes the roles that only this project used. Without the database, their project could no longer be identified.
     * A role that cannot be removed does not prevent the drop.
     */
    private void removeOrphans(Topology topology, ProjectSessions sessions, String project) {
        if (topology.citus()) {
            try {
                new OrphanedRoles(topology, project).remove(sessions, cluster.threads());
            } catch (StepFailedException | ConnectionException | NotFoundException failure) {
                LOG.warn("A temporary role of \"{}\" could not be removed", project, failure);
            }
            sessions.leaveProject();
        }
    }

    private List<String> begin(ProjectSessions sessions, String project, boolean unmanaged) {
        Optional<ProjectRegistry.Entry> entry = registry(sessions).find(project);
        if (entry.isEmpty() && !unmanaged) {
            if (sessions.maintenance()
                    .fetch(SurveyQueries.databases(List.of(project)))
                    .isEmpty()) {
                throw registry(sessions).notManaged(project);
            }
            throw new ConflictException(Failure.of("No project \"" + project + "\" is managed here")
                    .state("nothing was changed")
                    .fix("check the name, or call dropUnmanaged to drop a database that was not made by this library"));
        }
        registry(sessions).mark(project, ProjectState.DROPPING);
        return users(entry);
    }

    private void drop(
            Topology topology, ProjectSessions sessions, String project, List<String> users, StepListener progress) {
        DatabaseRemoval.run(
                () -> new RemovalPlanner(project, observe(topology, sessions, project, users)),
                steps -> execution(topology, project, steps, sessions, progress).runProjectStages());
        try (AdvisoryLock shared = AdvisoryLock.onGlobalObjects(sessions.maintenance())) {
            Map<Node, DropBlockers> left = observe(topology, sessions, project, users);
            RemovalPlanner last = new RemovalPlanner(project, left);
            List<PlannedStep> roles =
                    last.unneededRoles().isEmpty() ? List.of() : last.dropRoles(usersOfOthers(sessions, project));
            execution(topology, project, roles, sessions, progress).runGlobalStages();
            checkGone(project, roles.isEmpty() ? left : observe(topology, sessions, project, users));
            // Otherwise, two projects that are dropped at the same time would each leave their users to the other one.
            registry(sessions).remove(project);
        }
    }

    private PlanExecution execution(
            Topology topology,
            String project,
            List<PlannedStep> steps,
            ProjectSessions sessions,
            StepListener progress) {
        return new ProjectContext(cluster, topology, sessions, project, progress).executionOf(steps);
    }

    private static Map<Node, DropBlockers> observe(
            Topology topology, ProjectSessions sessions, String project, List<String> users) {
        return new ObstacleObserver(topology).observe(sessions.maintenance(), project, users);
    }

    private static void checkGone(String project, Map<Node, DropBlockers> observed) {
        List<String> left = observed.entrySet().stream()
                .filter(entry -> entry.getValue().present())
                .map(entry -> entry.getKey().toString())
                .toList();
        if (!left.isEmpty()) {
            throw new IncompleteException(
                    Failure.of("The database \"" + project + "\" is still on " + String.join(", ", left))
                            .state("it is gone from the other nodes")
                            .fix("see who makes it again, and drop the project again"));
        }
    }

    private static List<String> users(Optional<ProjectRegistry.Entry> entry) {
        return entry.map(known -> known.desired().userNames()).orElse(List.of());
    }

    private Set<String> usersOfOthers(ProjectSessions sessions, String project) {
        return registry(sessions).list().stream()
                .filter(other -> !other.name().equals(project))
                .flatMap(other -> other.users().stream())
                .collect(Collectors.toSet());
    }

    private ProjectRegistry registry(ProjectSessions sessions) {
        return cluster.registry(sessions.maintenance());
    }
}
