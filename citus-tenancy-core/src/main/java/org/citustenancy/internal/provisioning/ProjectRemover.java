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

/** Takes a project away from every node. */
public final class ProjectRemover {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectRemover.class);

    private final Cluster cluster;

    /**
     * A remover of projects from a cluster.
     *
     * @param cluster the cluster
     */
    public ProjectRemover(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * What {@link #drop} would do now. Changes nothing.
     *
     * @param project the project's name
     * @return the plan
     */
    public ProvisioningPlan plan(String project) {
        try (ProjectSessions lane = new ProjectSessions(cluster.sessions(), project, cluster.deadline())) {
            Topology topology = TopologyReader.read(lane.maintenance(), cluster.requireCitus());
            List<String> users = users(registry(lane).find(project));
            RemovalPlanner planner = new RemovalPlanner(project, observe(topology, lane, project, users));
            List<PlannedStep> steps = Stream.of(
                            planner.close(), planner.drop(), planner.dropRoles(usersOfOthers(lane, project)))
                    .flatMap(List::stream)
                    .toList();
            return PlanPrinter.show(project, cluster.maintenanceDatabase(), steps);
        }
    }

    /**
     * Drops a project.
     *
     * @param project its name
     * @param unmanaged whether a database that the registry does not know may be dropped
     * @return what was done
     */
    public ProvisioningResult drop(String project, boolean unmanaged) {
        long begun = System.nanoTime();
        Deadline deadline = cluster.deadline();
        try (ProjectSessions lane = new ProjectSessions(cluster.sessions(), project, deadline)) {
            Topology topology = TopologyReader.read(lane.maintenance(), cluster.requireCitus());
            cluster.registry(lane.maintenance()).ensure();
            AdvisoryLock.onProject(lane.maintenance(), project).untilTheSessionEnds();
            List<String> users = begin(lane, project, unmanaged);
            removeOrphans(topology, lane, project);
            List<StepOutcome> outcomes =
                    ConflictRetry.toTakeAway(progress -> drop(topology, lane, project, users, progress));
            return new ProvisioningResult(project, outcomes, List.of(), Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** Without the database, nothing would say whose they are. One that cannot be removed does not keep the project. */
    private void removeOrphans(Topology topology, ProjectSessions lane, String project) {
        if (topology.citus()) {
            try {
                new OrphanedRoles(topology, project).remove(lane, cluster.threads());
            } catch (StepFailedException | ConnectionException | NotFoundException failure) {
                LOG.warn("A temporary role of \"{}\" could not be removed", project, failure);
            }
            lane.leaveProject();
        }
    }

    private List<String> begin(ProjectSessions lane, String project, boolean unmanaged) {
        Optional<ProjectRegistry.Entry> entry = registry(lane).find(project);
        if (entry.isEmpty() && !unmanaged) {
            if (lane.maintenance()
                    .fetch(SurveyQueries.databases(List.of(project)))
                    .isEmpty()) {
                throw registry(lane).notManaged(project);
            }
            throw new ConflictException(
                    Failure.of("No project \"" + project + "\" is managed here")
                            .done("nothing was changed")
                            .toDo(
                                    "check the name, or call dropUnmanaged to drop a database that was not made by this library"));
        }
        registry(lane).mark(project, ProjectState.DROPPING);
        return users(entry);
    }

    private void drop(
            Topology topology, ProjectSessions lane, String project, List<String> users, StepListener progress) {
        DatabaseRemoval.run(
                () -> new RemovalPlanner(project, observe(topology, lane, project, users)),
                steps -> execution(topology, project, steps, lane, progress).runProjectStages());
        try (AdvisoryLock shared = AdvisoryLock.onGlobalObjects(lane.maintenance())) {
            Map<Node, DropBlockers> left = observe(topology, lane, project, users);
            RemovalPlanner last = new RemovalPlanner(project, left);
            List<PlannedStep> roles =
                    last.unneededRoles().isEmpty() ? List.of() : last.dropRoles(usersOfOthers(lane, project));
            execution(topology, project, roles, lane, progress).runGlobalStages();
            checkGone(project, roles.isEmpty() ? left : observe(topology, lane, project, users));
            // Or of two that are dropped at the same time each would leave their users to the other one.
            registry(lane).remove(project);
        }
    }

    private PlanExecution execution(
            Topology topology, String project, List<PlannedStep> steps, ProjectSessions lane, StepListener progress) {
        return new PlanExecution(cluster, topology, project, steps, lane, progress);
    }

    private static Map<Node, DropBlockers> observe(
            Topology topology, ProjectSessions lane, String project, List<String> users) {
        return new ObstacleObserver(topology).observe(lane.maintenance(), project, users);
    }

    private static void checkGone(String project, Map<Node, DropBlockers> observed) {
        List<String> left = observed.entrySet().stream()
                .filter(entry -> entry.getValue().present())
                .map(entry -> entry.getKey().toString())
                .toList();
        if (!left.isEmpty()) {
            throw new IncompleteException(
                    Failure.of("The database \"" + project + "\" is still on " + String.join(", ", left))
                            .done("it is gone from the other nodes")
                            .toDo("see who makes it again, and drop the project again"));
        }
    }

    private static List<String> users(Optional<ProjectRegistry.Entry> entry) {
        return entry.map(known -> known.desired().userNames()).orElse(List.of());
    }

    private Set<String> usersOfOthers(ProjectSessions lane, String project) {
        return registry(lane).list().stream()
                .filter(other -> !other.name().equals(project))
                .flatMap(other -> other.users().stream())
                .collect(Collectors.toSet());
    }

    private ProjectRegistry registry(ProjectSessions lane) {
        return cluster.registry(lane.maintenance());
    }
}
