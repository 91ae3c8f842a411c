package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.IncompleteException;
import org.citustenancy.errors.Place;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.OwnedObjects;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.CleaningPlanner;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.registry.ChangingProjects;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.rowaccess.OrphanedRoles;
import org.citustenancy.internal.rowaccess.RowOwner;
import org.citustenancy.internal.rowaccess.RowSessions;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Topology;

/**
 * Removes the objects of a project's users from its database, in sessions that have no more privileges than each user.
 */
public final class ProjectCleaner {

    private static final int LOOKS = 5;

    private final Cluster cluster;
    private final String project;

    /** Creates a cleaner of one project. */
    public ProjectCleaner(Cluster cluster, String project) {
        this.cluster = cluster;
        this.project = project;
    }

    /** Returns the steps that {@link #clean} would run now. Changes nothing. */
    public ProvisioningPlan plan() {
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, cluster.deadline())) {
            Topology topology = TopologyReader.read(sessions.maintenance(), true);
            admit(sessions);
            List<PlannedStep> steps = look(sessions, topology).values().stream()
                    .flatMap(List::stream)
                    .toList();
            return PlanPrinter.show(project, cluster.maintenanceDatabase(), steps);
        }
    }

    /** Removes all objects of the users, and reconciles the project with the state of an empty one. */
    public ProvisioningResult clean() {
        long begun = System.nanoTime();
        Deadline deadline = cluster.deadline();
        List<StepOutcome> outcomes;
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, deadline)) {
            Topology topology = TopologyReader.read(sessions.maintenance(), true);
            cluster.registry(sessions.maintenance()).ensure();
            try (AdvisoryLock lock = AdvisoryLock.onProject(sessions.maintenance(), project)) {
                admit(sessions);
                new OrphanedRoles(topology, project).remove(sessions, cluster.threads());
                outcomes = ConflictRetry.toTakeAway(progress -> clean(sessions, topology, deadline, progress));
            }
        }
        // A removed schema or extension may be part of the desired state.
        ProvisioningResult repaired = new ProjectProvisioner(cluster, ProvisioningMode.REPAIR)
                .create(DesiredProject.named(project), StepListener.NONE)
                .after(outcomes)
                .result();
        return new ProvisioningResult(
                project, repaired.outcomes(), repaired.waiting(), Duration.ofNanos(System.nanoTime() - begun));
    }

    private void admit(ProjectSessions sessions) {
        ProjectRegistry.Entry entry = cluster.registry(sessions.maintenance()).require(project);
        ProvisioningMode.REPAIR.admit(entry);
    }

    private Map<String, List<PlannedStep>> look(ProjectSessions sessions, Topology topology) {
        return new CleaningPlanner(OwnedObjects.observe(sessions.project(), topology)).steps();
    }

    private void clean(ProjectSessions sessions, Topology topology, Deadline deadline, StepListener progress) {
        try (RowSessions owners = new RowSessions(cluster.sessions(), cluster.threads(), topology, project, deadline)) {
            Map<String, List<PlannedStep>> left = look(sessions, topology);
            if (!left.isEmpty()) {
                // A project is never registered as ready while it has a temporary role. The repair at the end registers
                // it as ready.
                ChangingProjects.among(sessions.maintenance(), List.of(project));
            }
            for (int look = 1; !left.isEmpty() && look < LOOKS; look++) {
                left.forEach((owner, steps) -> run(owners, owner, steps, topology, progress));
                left = look(sessions, topology);
            }
            if (!left.isEmpty()) {
                throw stillThere(left);
            }
        }
    }

    private void run(
            RowSessions owners, String owner, List<PlannedStep> steps, Topology topology, StepListener progress) {
        try (ProjectSessions ofOwner = owners.sessionsOf(new RowOwner(owner, false, false, false))) {
            new ProjectContext(cluster, topology, ofOwner, project, progress).run(steps);
        }
    }

    private IncompleteException stillThere(Map<String, List<PlannedStep>> left) {
        PlannedStep first = left.values().iterator().next().get(0);
        return new IncompleteException(Failure.of("The project is not empty, since its users make objects meanwhile")
                .where(Place.unknown().on(first.node()).in(project).at(first.description()))
                .state("what was there before is gone")
                .fix("stop the applications of the project, and clean it again"));
    }
}
