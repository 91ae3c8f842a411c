package org.citustenancy.internal.suspending;

import java.time.Duration;
import java.util.List;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.observing.ProjectUse;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Topology;

/** Suspends and resumes one project, as the caller requests. */
public final class ProjectSuspension {

    private final Cluster cluster;
    private final String project;

    /** Creates the suspension of one project. */
    public ProjectSuspension(Cluster cluster, String project) {
        this.cluster = cluster;
        this.project = project;
    }

    /** Returns the steps that {@link #suspend} would run now. Changes nothing. */
    public ProvisioningPlan plan() {
        try (Session maintenance = cluster.sessions().maintenance(cluster.deadline())) {
            Topology topology = TopologyReader.read(maintenance, true);
            admit(maintenance);
            ProjectUse use = ProjectUse.observe(maintenance, topology);
            List<String> obstacles = use.obstacles(project);
            if (!use.awake(project).isEmpty() && !obstacles.isEmpty()) {
                throw Suspender.inUse(project, obstacles, "nothing was changed");
            }
            return PlanPrinter.show(project, cluster.maintenanceDatabase(), Suspender.steps(use, project));
        }
    }

    /**
     * Suspends the project.
     *
     * @return the completed steps, none if it is suspended
     * @throws ConflictException if the project is in use
     */
    public ProvisioningResult suspend() {
        long begun = System.nanoTime();
        Deadline deadline = cluster.deadline();
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            Topology topology = TopologyReader.read(maintenance, true);
            cluster.registry(maintenance).ensure();
            try (AdvisoryLock lock = AdvisoryLock.onProject(maintenance, project)) {
                admit(maintenance);
                Suspender suspender = new Suspender(cluster, topology, maintenance, deadline);
                suspender.suspend(List.of(project));
                return result(suspender, begun);
            }
        }
    }

    private void admit(Session maintenance) {
        ProjectRegistry.Entry entry = cluster.registry(maintenance).require(project);
        if (entry.state() != ProjectState.READY) {
            throw new ConflictException(Failure.of("The project \"" + project + "\" is "
                            + entry.state().word())
                    .where(maintenance.place())
                    .state("nothing was changed")
                    .fix("finish first what was begun with it"));
        }
    }

    /**
     * Resumes the project.
     *
     * @return the completed steps, none if it is awake
     * @throws org.citustenancy.errors.CapacityException if a node has no background process left
     */
    public ProvisioningResult resume() {
        long begun = System.nanoTime();
        Deadline deadline = cluster.deadline();
        try (Session maintenance = cluster.sessions().maintenance(deadline)) {
            Topology topology = TopologyReader.read(maintenance, true);
            cluster.registry(maintenance).require(project);
            Suspender suspender = new Suspender(cluster, topology, maintenance, deadline);
            suspender.resume(List.of(project));
            return result(suspender, begun);
        }
    }

    private ProvisioningResult result(Suspender suspender, long begun) {
        CitusTenancyException failure = suspender.failures().get(project);
        if (failure != null) {
            throw failure;
        }
        return new ProvisioningResult(
                project, suspender.outcomes(), List.of(), Duration.ofNanos(System.nanoTime() - begun));
    }
}
