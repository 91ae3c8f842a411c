package org.citustenancy.internal.provisioning;

import java.util.List;
import java.util.Set;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.RotationPlanner;
import org.citustenancy.internal.planning.TemplateSealing;
import org.citustenancy.internal.registry.ChangingProjects;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Lane;
import org.citustenancy.plan.ProgressListener;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Topology;
import org.citustenancy.users.Secret;

/**
 * Changes a user's password on every node and, where the nodes let the user through by it, in every project: behind a
 * fence, so that no distributed query meets a node that has the new one with a node that still has the old.
 */
public final class PasswordRotation {

    /** Their databases let nobody in; what is in them is made anew, or goes. */
    private static final Set<ProjectState> NOBODY_ENTERS =
            Set.of(ProjectState.SEALED, ProjectState.CLONING, ProjectState.DROPPING);

    private final Cluster cluster;

    /**
     * A rotation on a cluster.
     *
     * @param cluster the cluster
     */
    public PasswordRotation(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Changes a password.
     *
     * @param user the user
     * @param password the new password
     * @return the projects in which the user is
     */
    public List<String> rotate(String user, Secret password) {
        Deadline deadline = cluster.deadline();
        try (Lane lane = new Lane(cluster.sessions(), cluster.maintenanceDatabase(), deadline)) {
            Topology topology = TopologyReader.read(lane.maintenance(), cluster.requireCitus());
            List<String> projects;
            ChangingProjects changed;
            try (UserLocks locks = UserLocks.take(cluster.registry(lane.maintenance()), lane.maintenance(), user)) {
                projects = locks.projects();
                if (projects.isEmpty()) {
                    throw new NotFoundException(Failure.of("\"" + user + "\" is in no project that is managed here")
                            .toDo("name a user of a project"));
                }
                changed = change(topology, lane, projects, user, password, deadline);
                changed.ready(lane.maintenance());
            }
            projects.stream()
                    .filter(project -> !changed.includes(project))
                    .forEach(project -> new UnfinishedChange(cluster).finish(lane.maintenance(), project));
            return projects;
        }
    }

    /** Those that were ready say that they are not, from the first thing that is changed. */
    private ChangingProjects change(
            Topology topology, Lane lane, List<String> projects, String user, Secret password, Deadline deadline) {
        RotationPlanner planner = new RotationPlanner(topology, user, password);
        List<String> entered = projects.stream()
                .filter(project -> !NOBODY_ENTERS.contains(state(lane, project)))
                .toList();
        List<String> templates = projects.stream()
                .filter(project -> state(lane, project) == ProjectState.SEALED)
                .toList();
        List<String> withNodePasswords = entered.stream()
                .filter(project -> topology.citus()
                        && new NodePasswords(cluster)
                                .in(project, user, deadline)
                                .isPresent())
                .toList();
        return new Fence(cluster, deadline).around(withNodePasswords, () -> {
            ChangingProjects changing = ChangingProjects.among(lane.maintenance(), projects);
            // Only now, since a fence that does not close leaves the old password, and before it changes.
            templates.forEach(template -> outdate(topology, template, lane));
            withNodePasswords.forEach(project -> betweenNodes(topology, project, planner.betweenNodes(), deadline));
            new PlanExecution(cluster, topology, user, planner.ofTheRole(), lane, ProgressListener.NONE)
                    .runWhatIsShared();
            return changing;
        });
    }

    private ProjectState state(Lane lane, String project) {
        return cluster.registry(lane.maintenance()).require(project).state();
    }

    /** The password lies in it, and in every copy that would be made of it. */
    private void outdate(Topology topology, String template, Lane lane) {
        List<PlannedStep> steps = new TemplateSealing(template, topology).outdate();
        new PlanExecution(cluster, topology, cluster.maintenanceDatabase(), steps, lane, ProgressListener.NONE).run();
    }

    private void betweenNodes(Topology topology, String project, List<PlannedStep> steps, Deadline deadline) {
        try (Lane lane = new Lane(cluster.sessions(), project, deadline)) {
            new PlanExecution(cluster, topology, project, steps, lane, ProgressListener.NONE).runTheRest();
        }
    }
}
