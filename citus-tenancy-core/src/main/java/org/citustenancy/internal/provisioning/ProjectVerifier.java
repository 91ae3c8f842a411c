package org.citustenancy.internal.provisioning;

import java.util.List;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.observing.ProjectObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.ProjectPlanner;
import org.citustenancy.internal.planning.Situation;
import org.citustenancy.internal.planning.Stage;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.session.Lane;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;
import org.citustenancy.plan.Verification;
import org.citustenancy.topology.Topology;

/** Asks every node whether a project is as it was asked for: whatever would have to be done is a finding. */
public final class ProjectVerifier {

    private final Cluster cluster;

    /**
     * A verifier of projects on a cluster.
     *
     * @param cluster the cluster
     */
    public ProjectVerifier(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Verifies a project.
     *
     * @param project its name
     * @return what was found
     */
    public Verification verify(String project) {
        try (Lane lane = new Lane(cluster.sessions(), project, cluster.deadline())) {
            Topology topology = TopologyReader.read(lane.maintenance(), cluster.requireCitus());
            DesiredProject desired = new ProjectRegistry(lane.maintenance(), cluster.libraryVersion())
                    .find(project)
                    .map(ProjectRegistry.Entry::desired)
                    .orElseThrow(
                            () -> new NotFoundException(Failure.of("No project \"" + project + "\" is managed here")
                                    .toDo("create it")));
            ObservedProject observed = new ProjectObserver(topology).observe(lane, desired);
            List<PlannedStep> steps = new ProjectPlanner().plan(new Situation(desired, observed, topology));
            return new Verification(
                    project, steps.stream().map(ProjectVerifier::finding).toList());
        }
    }

    private static Finding finding(PlannedStep step) {
        Stage stage = step.stage();
        Severity severity = stage == Stage.EXTENSIONS ? Severity.WARNING : Severity.SEVERE;
        return new Finding(
                severity,
                step.node().toString(),
                "not as asked for",
                "creating the project again would " + step.description());
    }
}
