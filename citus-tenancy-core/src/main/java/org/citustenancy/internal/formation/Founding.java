package org.citustenancy.internal.formation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.errors.ConflictException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.formation.ClusterFormation;
import org.citustenancy.internal.observing.Candidate;
import org.citustenancy.internal.observing.CandidateObserver;
import org.citustenancy.internal.observing.CoordinatorObserver;
import org.citustenancy.internal.observing.ObservedCoordinator;
import org.citustenancy.internal.observing.OpenDatabases;
import org.citustenancy.internal.planning.ClosingPlanner;
import org.citustenancy.internal.planning.MembershipPlanner;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.provisioning.Cluster;
import org.citustenancy.internal.provisioning.ProjectContext;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.topology.Node;
import org.citustenancy.topology.Topology;

/** Sets up a server as the coordinator of a cluster, which may have no worker yet. */
final class Founding {

    private final Cluster cluster;
    private final Node coordinator;
    private final FormationReport report;

    Founding(Cluster cluster, ClusterFormation formation, FormationReport report) {
        this.cluster = cluster;
        this.coordinator = formation.coordinator();
        this.report = report;
    }

    /** Sets up the server while no other process forms the same cluster, and returns the steps that ran. */
    List<StepOutcome> found(Deadline deadline) {
        try (ProjectSessions sessions =
                        new ProjectSessions(cluster.sessions(), cluster.maintenanceDatabase(), deadline);
                AdvisoryLock lock = AdvisoryLock.onGlobalObjects(sessions.maintenance())) {
            ObservedCoordinator before = CoordinatorObserver.observe(sessions.maintenance());
            refuseOtherPart(sessions.maintenance(), before);
            List<StepOutcome> outcomes =
                    new ArrayList<>(run(MembershipPlanner.createCitus(coordinator, before), sessions));
            refuseOtherAddress(sessions.maintenance(), before);
            List<PlannedStep> naming = MembershipPlanner.nameCoordinator(coordinator, before);
            if (!naming.isEmpty()) {
                // Before the last step, so that a repetition of an interrupted setup still closes them.
                outcomes.addAll(run(
                        ClosingPlanner.close(
                                OpenDatabases.on(sessions.maintenance(), alone(), cluster.maintenanceDatabase())),
                        sessions));
            }
            outcomes.addAll(run(naming, sessions));
            return outcomes;
        }
    }

    private void refuseOtherPart(Session session, ObservedCoordinator observed) {
        if (observed.group() != 0) {
            throw new ConflictException(Failure.of("The server named as the coordinator is a worker")
                    .where(session.place())
                    .state("nothing was changed")
                    .fix("connect to the coordinator"));
        }
    }

    private void refuseOtherAddress(Session session, ObservedCoordinator observed) {
        Optional<String> known = observed.coordinator().map(Node::address);
        if (known.isPresent() && !known.get().equals(coordinator.address()) && observed.hasWorkers()) {
            throw new ConflictException(Failure.of("The workers know the coordinator as " + known.get()
                            + ", and not as " + coordinator.address())
                    .where(session.place())
                    .state("nothing was changed")
                    .fix("name the coordinator by that address"));
        }
        if (known.isEmpty() || !known.get().equals(coordinator.address())) {
            refuseOtherServer(session);
        }
    }

    /**
     * Refuses an address of another server. Every worker receives the address, so it must be valid from a node, not
     * only from this process.
     */
    private void refuseOtherServer(Session session) {
        CandidateObserver observer = new CandidateObserver(session, alone());
        Candidate self = observer.askCoordinator();
        CandidateObserver.Attempt there = observer.tryWorkers(List.of(coordinator), List.of())
                .values()
                .iterator()
                .next();
        Optional<String> system = there.candidate().map(Candidate::system);
        if (!system.equals(Optional.of(self.system()))) {
            throw new InvalidRequestException(Failure.of("The coordinator cannot be reached as " + coordinator.address()
                            + " by its own server: "
                            + there.failure().orElse("another server answers there"))
                    .where(session.place())
                    .state("nothing but the extension citus in the maintenance database")
                    .fix("name the coordinator by the host name and port under which the workers reach it, and let the "
                            + "admin through between the nodes"));
        }
    }

    private Topology alone() {
        return new Topology(coordinator, List.of(), true, Set.of(), Map.of(), true);
    }

    private List<StepOutcome> run(List<PlannedStep> steps, ProjectSessions sessions) {
        return new ProjectContext(
                        cluster,
                        alone(),
                        sessions,
                        cluster.maintenanceDatabase(),
                        (project, outcome) -> report.stepEnded(outcome))
                .run(steps);
    }
}
