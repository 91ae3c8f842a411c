package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.errors.StepFailedException;
import org.citustenancy.internal.observing.PreparedObserver;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.PreparedPlanner;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Rolls back prepared transactions of projects that no application will end any more. */
public final class PreparedRollback {

    /** Others are done with by other means, or accept no sessions. */
    private static final Set<ProjectState> OPEN = Set.of(ProjectState.READY, ProjectState.CHANGING);

    /** undefined_object; and an error of which only the message is known, in whatever language. */
    private static final Set<String> MAY_BE_GONE = Set.of("42704", NodeAnswer.UNKNOWN_STATE);

    private static final int ATTEMPTS = 3;

    private final Cluster cluster;

    /**
     * Rolls back on a cluster.
     *
     * @param cluster the cluster
     */
    public PreparedRollback(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * What {@link #run} would do now. Changes nothing.
     *
     * @param olderThan how long ago they must have been prepared
     * @return a plan for each project that has any
     */
    public List<ProvisioningPlan> plan(Duration olderThan) {
        try (ProjectSessions lane =
                new ProjectSessions(cluster.sessions(), cluster.maintenanceDatabase(), cluster.deadline())) {
            Map<Node, PreparedObserver.OnNode> observed = observe(lane, topology(lane));
            return projects(lane).stream()
                    .map(project -> PlanPrinter.show(
                            project,
                            cluster.maintenanceDatabase(),
                            PreparedPlanner.rollBack(observed, project, olderThan)))
                    .filter(plan -> !plan.steps().isEmpty())
                    .toList();
        }
    }

    /**
     * Rolls them back.
     *
     * @param olderThan how long ago they must have been prepared
     * @return what was done
     */
    public List<StepOutcome> run(Duration olderThan) {
        Deadline deadline = cluster.deadline();
        try (ProjectSessions lane = new ProjectSessions(cluster.sessions(), cluster.maintenanceDatabase(), deadline)) {
            Topology topology = topology(lane);
            List<StepOutcome> outcomes = new ArrayList<>();
            projects(lane).forEach(project -> outcomes.addAll(run(lane, topology, project, olderThan, deadline)));
            return outcomes;
        }
    }

    /** Again without those that their applications have ended in between. */
    private List<StepOutcome> run(
            ProjectSessions maintenance, Topology topology, String project, Duration olderThan, Deadline deadline) {
        for (int attempt = 1; ; attempt++) {
            List<PlannedStep> steps = PreparedPlanner.rollBack(observe(maintenance, topology), project, olderThan);
            if (steps.isEmpty()) {
                return List.of();
            }
            try (ProjectSessions lane = new ProjectSessions(cluster.sessions(), project, deadline)) {
                return new PlanExecution(cluster, topology, project, steps, lane, StepListener.NONE).run();
            } catch (StepFailedException failure) {
                if (attempt == ATTEMPTS || !mayBeGone(failure)) {
                    throw failure;
                }
            }
        }
    }

    private static boolean mayBeGone(StepFailedException failure) {
        return failure.getCause() instanceof ServerErrorException refused && MAY_BE_GONE.contains(refused.sqlState());
    }

    private Topology topology(ProjectSessions lane) {
        return TopologyReader.read(lane.maintenance(), cluster.requireCitus());
    }

    private static Map<Node, PreparedObserver.OnNode> observe(ProjectSessions lane, Topology topology) {
        return PreparedObserver.observe(lane.maintenance(), topology);
    }

    private List<String> projects(ProjectSessions lane) {
        return cluster.registry(lane.maintenance()).list().stream()
                .filter(project -> OPEN.contains(project.state()))
                .map(RegisteredProject::name)
                .toList();
    }
}
