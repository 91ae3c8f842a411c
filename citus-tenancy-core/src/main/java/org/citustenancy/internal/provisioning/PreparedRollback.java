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
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.registry.RegisteredProject;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Rolls back prepared transactions of projects that no application will finish. */
public final class PreparedRollback {

    /** The states of the projects to check. Other projects are handled by other operations or accept no sessions. */
    private static final Set<ProjectState> OPEN = Set.of(ProjectState.READY, ProjectState.CHANGING);

    /** undefined_object; and an error of which only the message is known, in any language. */
    private static final Set<String> MAY_BE_GONE = Set.of("42704", NodeAnswer.UNKNOWN_STATE);

    private static final int ATTEMPTS = 3;

    private final Cluster cluster;

    /** Creates a rollback on a cluster. */
    public PreparedRollback(Cluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Returns the steps that {@link #run} would run now. Changes nothing.
     *
     * @param olderThan the minimum age of a prepared transaction
     */
    public List<ProvisioningPlan> plan(Duration olderThan) {
        try (ProjectSessions sessions =
                new ProjectSessions(cluster.sessions(), cluster.maintenanceDatabase(), cluster.deadline())) {
            Map<Node, PreparedObserver.OnNode> observed = observe(sessions, topology(sessions));
            return projects(sessions).stream()
                    .map(project -> PlanPrinter.show(
                            project,
                            cluster.maintenanceDatabase(),
                            PreparedPlanner.rollBack(observed, project, olderThan)))
                    .filter(plan -> !plan.steps().isEmpty())
                    .toList();
        }
    }

    /**
     * Rolls back the prepared transactions.
     *
     * @param olderThan the minimum age of a prepared transaction
     */
    public List<StepOutcome> run(Duration olderThan) {
        Deadline deadline = cluster.deadline();
        try (ProjectSessions sessions =
                new ProjectSessions(cluster.sessions(), cluster.maintenanceDatabase(), deadline)) {
            Topology topology = topology(sessions);
            List<StepOutcome> outcomes = new ArrayList<>();
            projects(sessions)
                    .forEach(project -> outcomes.addAll(run(sessions, topology, project, olderThan, deadline)));
            return outcomes;
        }
    }

    /** Repeats the rollback without the transactions that their applications have finished meanwhile. */
    private List<StepOutcome> run(
            ProjectSessions maintenance, Topology topology, String project, Duration olderThan, Deadline deadline) {
        for (int attempt = 1; ; attempt++) {
            List<PlannedStep> steps = PreparedPlanner.rollBack(observe(maintenance, topology), project, olderThan);
            if (steps.isEmpty()) {
                return List.of();
            }
            try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), project, deadline)) {
                return new ProjectContext(cluster, topology, sessions, project).run(steps);
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

    private Topology topology(ProjectSessions sessions) {
        return TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
    }

    private static Map<Node, PreparedObserver.OnNode> observe(ProjectSessions sessions, Topology topology) {
        return PreparedObserver.observe(sessions.maintenance(), topology);
    }

    private List<String> projects(ProjectSessions sessions) {
        return cluster.registry(sessions.maintenance()).list().stream()
                .filter(project -> OPEN.contains(project.state()))
                .map(RegisteredProject::name)
                .toList();
    }
}
