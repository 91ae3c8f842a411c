package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.citustenancy.internal.capacity.RoomForProject;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.CopySource;
import org.citustenancy.internal.observing.LostRows;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.observing.TopologyReader;
import org.citustenancy.internal.planning.PlanPrinter;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.PlanningContext;
import org.citustenancy.internal.planning.ProjectPlanner;
import org.citustenancy.internal.registry.ProjectRegistry;
import org.citustenancy.internal.rowaccess.OrphanedRoles;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.internal.session.ProjectSessions;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.topology.Topology;

/** Brings one project to what was asked for. */
public final class ProjectProvisioner {

    private static final int LOOKS = 4;

    private final Cluster cluster;
    private final UnaryOperator<Topology> scope;
    private final ProvisioningMode occasion;
    private final Optional<CopySource> source;

    /**
     * A provisioner of projects on a cluster.
     *
     * @param cluster the cluster
     * @param occasion on which occasion
     */
    public ProjectProvisioner(Cluster cluster, ProvisioningMode occasion) {
        this(cluster, UnaryOperator.identity(), occasion, Optional.empty());
    }

    /**
     * A provisioner of projects on some of a cluster's nodes.
     *
     * @param cluster the cluster
     * @param scope from all nodes to those that it is about
     */
    public ProjectProvisioner(Cluster cluster, UnaryOperator<Topology> scope) {
        this(cluster, scope, ProvisioningMode.REPAIR, Optional.empty());
    }

    /**
     * A provisioner of a project that begins as a copy.
     *
     * @param cluster the cluster
     * @param occasion on which occasion
     * @param source what it is a copy of
     */
    public ProjectProvisioner(Cluster cluster, ProvisioningMode occasion, CopySource source) {
        this(cluster, UnaryOperator.identity(), occasion, Optional.of(source));
    }

    private ProjectProvisioner(
            Cluster cluster, UnaryOperator<Topology> scope, ProvisioningMode occasion, Optional<CopySource> source) {
        this.cluster = cluster;
        this.scope = scope;
        this.occasion = occasion;
        this.source = source;
    }

    /**
     * What {@link #create} would do now. Changes nothing.
     *
     * @param request what is asked for
     * @return the plan
     */
    public ProvisioningPlan plan(DesiredProject request) {
        try (ProjectSessions lane = new ProjectSessions(cluster.sessions(), request.name(), cluster.deadline())) {
            Topology topology = scope.apply(TopologyReader.read(lane.maintenance(), cluster.requireCitus()));
            Optional<ProjectRegistry.Entry> entry = registry(lane).find(request.name());
            entry.ifPresent(occasion::admit);
            if (entry.isPresent() && known(lane, topology, request, entry.get()).isPresent()) {
                return PlanPrinter.show(request.name(), cluster.maintenanceDatabase(), List.of());
            }
            ChangeSet draft = draft(lane, topology, request, entry);
            return PlanPrinter.show(request.name(), cluster.maintenanceDatabase(), draft.steps());
        }
    }

    /**
     * Makes the project what was asked for, and changes nothing if it is already.
     *
     * @param request what is asked for
     * @param listener is told of each step
     * @return what was done, after every node was asked
     */
    public Provisioned create(DesiredProject request, StepListener listener) {
        long begun = System.nanoTime();
        Deadline deadline = cluster.deadline();
        return ConflictRetry.toMake(listener, attempt -> create(request, attempt, deadline, begun));
    }

    private Provisioned create(DesiredProject request, StepListener listener, Deadline deadline, long begun) {
        try (ProjectSessions lane = new ProjectSessions(cluster.sessions(), request.name(), deadline)) {
            Topology all = TopologyReader.read(lane.maintenance(), cluster.requireCitus());
            Topology topology = scope.apply(all);
            cluster.registry(lane.maintenance()).ensure();
            ProvisioningRun work = new ProvisioningRun(topology, topology.equals(all), lane, listener, begun);
            while (true) {
                try (AdvisoryLock lock = AdvisoryLock.onProject(lane.maintenance(), request.name())) {
                    return work.create(request, deadline).after(work.settling);
                } catch (CredentialPendingException elsewhere) {
                    work.await(elsewhere);
                } catch (PasswordChanged first) {
                    work.settle(first, request.name());
                }
            }
        }
    }

    private Optional<DesiredProject> known(
            ProjectSessions lane, Topology topology, DesiredProject request, ProjectRegistry.Entry entry) {
        return occasion.trustsOutline()
                ? Optional.ofNullable(new UnchangedProjectDetector(cluster)
                        .fulfilled(lane.maintenance(), topology, Map.of(request.name(), entry), List.of(request))
                        .get(request.name()))
                : Optional.empty();
    }

    /** Throws before anything is changed if an empty database would hide that rows are lost. */
    private ChangeSet draft(
            ProjectSessions lane, Topology topology, DesiredProject request, Optional<ProjectRegistry.Entry> entry) {
        ChangeSet draft = new ChangeSetBuilder(cluster, topology, source).draft(lane, request, entry);
        if (!occasion.acceptsLoss()) {
            boolean complete = entry.map(known -> known.state().isComplete()).orElse(false);
            List<LostRows> lost = LostRows.in(lane, topology, draft.observed(), complete);
            if (!lost.isEmpty()) {
                throw LostRows.refusal(request.name(), lost);
            }
        }
        return draft;
    }

    private ProjectRegistry registry(ProjectSessions lane) {
        return cluster.registry(lane.maintenance());
    }

    /** One call of {@link #create}, with the project's lock held. */
    private final class ProvisioningRun {

        private final Topology topology;
        private final boolean onAllNodes;
        private final ProjectSessions lane;
        private final StepListener listener;
        private final long begun;
        private final Set<String> awaited = new HashSet<>();
        private final Set<String> settled = new HashSet<>();
        private final List<StepOutcome> settling = new CopyOnWriteArrayList<>();

        ProvisioningRun(
                Topology topology, boolean onAllNodes, ProjectSessions lane, StepListener listener, long begun) {
            this.topology = topology;
            this.onAllNodes = onAllNodes;
            this.lane = lane;
            this.listener = listener;
            this.begun = begun;
        }

        /** Once each: where nobody knew the password then, nobody will. */
        void await(CredentialPendingException elsewhere) {
            elsewhere.await(lane.maintenance());
            awaited.addAll(elsewhere.projects());
        }

        /** Once each: what is the same afterwards is reported as it is. */
        void settle(PasswordChanged first, String project) {
            first.settle((user, outcome) -> {
                settling.add(outcome);
                listener.stepEnded(project, outcome);
            });
            settled.add(first.user());
        }

        Provisioned create(DesiredProject request, Deadline deadline) {
            Optional<ProjectRegistry.Entry> entry = registry(lane).find(request.name());
            entry.ifPresentOrElse(occasion::admit, () -> occasion.admitNew(request.name()));
            boolean ready =
                    entry.map(known -> known.state() == ProjectState.READY).orElse(false);
            if (occasion.isRepair() && onAllNodes && topology.citus()) {
                new OrphanedRoles(topology, request.name()).remove(lane, cluster.threads());
            }
            PasswordsOfRequest passwords = new PasswordsOfRequest(cluster, topology, lane, settled);
            entry.ifPresent(passwords::requireEndedChanges);
            if (ready) {
                Optional<DesiredProject> known = known(lane, topology, request, entry.orElseThrow());
                if (known.isPresent()) {
                    return UnchangedProjectDetector.unchanged(known.get(), begun);
                }
                ChangeSet draft = draft(lane, topology, request, entry);
                passwords.requireUnchanged(draft, entry.orElseThrow());
                if (draft.steps().isEmpty()) {
                    return unchanged(draft, entry);
                }
                if (!draft.touchesWhatIsShared()) {
                    return complete(draft, begin(draft, entry), deadline);
                }
            }
            ChangeSet draft;
            PlanExecution execution;
            try (AdvisoryLock shared = AdvisoryLock.onGlobalObjects(lane.maintenance())) {
                draft = draft(lane, topology, request, entry);
                if (!awaited.containsAll(draft.awaited())) {
                    throw new CredentialPendingException(draft.awaited());
                }
                if (entry.isEmpty() && cluster.requireCapacity() && draft.makesDatabase(topology.coordinator())) {
                    RoomForProject.check(request.name(), lane.maintenance(), topology, registry(lane));
                }
                execution = begin(draft, entry);
                execution.runGlobalStages();
            }
            return complete(draft, execution, deadline);
        }

        private Provisioned complete(ChangeSet draft, PlanExecution execution, Deadline deadline) {
            List<StepOutcome> outcomes = new ArrayList<>(execution.runProjectStages());
            ChangeSetBuilder drafter = new ChangeSetBuilder(cluster, topology, source);
            PlanningContext seen = drafter.look(lane, draft.desired(), execution.reaching());
            List<PlannedStep> left = new ProjectPlanner().plan(seen);
            for (int look = 1; !left.isEmpty() && look < LOOKS; look++) {
                // What could not be seen before the database was there, or before it knew its tables again.
                outcomes.addAll(execution(draft.desired(), left).runProjectStages());
                seen = drafter.look(lane, draft.desired(), Set.of());
                left = new ProjectPlanner().plan(seen);
            }
            List<String> waiting = new ReadinessCheck(cluster, topology).check(seen, deadline);
            registry(lane).save(draft.desired(), occasion.after(), Set.of());
            keepOutline(draft.desired(), seen.observed(), waiting);
            return provisioned(draft, outcomes, waiting);
        }

        private PlanExecution execution(DesiredProject desired, List<PlannedStep> steps) {
            return new PlanExecution(cluster, topology, desired.name(), steps, lane, listener);
        }

        private Provisioned unchanged(ChangeSet draft, Optional<ProjectRegistry.Entry> entry) {
            boolean known = entry.map(ProjectRegistry.Entry::desired)
                    .map(draft.desired().withoutLeaving().forTheRegistry()::equals)
                    .orElse(false);
            if (!known) {
                registry(lane).save(draft.desired(), ProjectState.READY, Set.of());
            }
            keepOutline(draft.desired(), draft.observed(), draft.waiting());
            return provisioned(draft, List.of(), draft.waiting());
        }

        /** What waits for a table must be looked for in any case, and a part of the nodes says nothing of the others. */
        private void keepOutline(DesiredProject desired, ObservedProject seen, List<String> waiting) {
            if (onAllNodes && occasion.after() == ProjectState.READY && waiting.isEmpty()) {
                seen.outline().ifPresent(outline -> registry(lane).saveOutline(desired.name(), outline));
            }
        }

        private PlanExecution begin(ChangeSet draft, Optional<ProjectRegistry.Entry> entry) {
            registry(lane)
                    .save(
                            untried(draft.desired(), entry),
                            occasion.meanwhile(entry),
                            draft.generated().keySet());
            return execution(draft.desired(), draft.steps());
        }

        /** A server may refuse a setting or an extension for good. What comes of the request later must not insist on it. */
        private DesiredProject untried(DesiredProject desired, Optional<ProjectRegistry.Entry> entry) {
            DesiredProject before =
                    entry.map(ProjectRegistry.Entry::desired).orElse(DesiredProject.named(desired.name()));
            return desired.withSettings(before.settings()).withExtensions(before.extensions());
        }

        private Provisioned provisioned(ChangeSet draft, List<StepOutcome> outcomes, List<String> waiting) {
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            ProvisioningResult result = new ProvisioningResult(draft.desired().name(), outcomes, waiting, took);
            return new Provisioned(draft.handedOut().withoutLeaving(), result, draft.generated());
        }
    }
}
