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
import org.citustenancy.internal.observing.CloneSource;
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

/** Reconciles one project with its desired state. */
public final class ProjectProvisioner {

    private static final int LOOKS = 4;

    private final Cluster cluster;
    private final UnaryOperator<Topology> scope;
    private final ProvisioningMode mode;
    private final Optional<CloneSource> source;

    /**
     * A provisioner of projects on a cluster.
     *
     * @param cluster the cluster
     * @param mode on which occasion
     */
    public ProjectProvisioner(Cluster cluster, ProvisioningMode mode) {
        this(cluster, UnaryOperator.identity(), mode, Optional.empty());
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
     * A provisioner of a clone.
     *
     * @param cluster the cluster
     * @param mode on which occasion
     * @param source the project that it is cloned from
     */
    public ProjectProvisioner(Cluster cluster, ProvisioningMode mode, CloneSource source) {
        this(cluster, UnaryOperator.identity(), mode, Optional.of(source));
    }

    private ProjectProvisioner(
            Cluster cluster, UnaryOperator<Topology> scope, ProvisioningMode mode, Optional<CloneSource> source) {
        this.cluster = cluster;
        this.scope = scope;
        this.mode = mode;
        this.source = source;
    }

    /**
     * What {@link #create} would do now. Changes nothing.
     *
     * @param request the desired state
     * @return the plan
     */
    public ProvisioningPlan plan(DesiredProject request) {
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), request.name(), cluster.deadline())) {
            Topology topology = scope.apply(TopologyReader.read(sessions.maintenance(), cluster.requireCitus()));
            Optional<ProjectRegistry.Entry> entry = registry(sessions).find(request.name());
            entry.ifPresent(mode::admit);
            if (entry.isPresent()
                    && known(sessions, topology, request, entry.get()).isPresent()) {
                return PlanPrinter.show(request.name(), cluster.maintenanceDatabase(), List.of());
            }
            ChangeSet changeSet = changeSet(sessions, topology, request, entry);
            return PlanPrinter.show(request.name(), cluster.maintenanceDatabase(), changeSet.steps());
        }
    }

    /**
     * Reconciles the project with the request, and changes nothing where it matches.
     *
     * @param request the desired state
     * @param listener is notified of each step
     * @return what was done, after every node was asked
     */
    public Provisioned create(DesiredProject request, StepListener listener) {
        long begun = System.nanoTime();
        Deadline deadline = cluster.deadline();
        return ConflictRetry.toMake(listener, attempt -> create(request, attempt, deadline, begun));
    }

    private Provisioned create(DesiredProject request, StepListener listener, Deadline deadline, long begun) {
        try (ProjectSessions sessions = new ProjectSessions(cluster.sessions(), request.name(), deadline)) {
            Topology all = TopologyReader.read(sessions.maintenance(), cluster.requireCitus());
            Topology topology = scope.apply(all);
            cluster.registry(sessions.maintenance()).ensure();
            ProvisioningRun work = new ProvisioningRun(topology, topology.equals(all), sessions, listener, begun);
            while (true) {
                try (AdvisoryLock lock = AdvisoryLock.onProject(sessions.maintenance(), request.name())) {
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
            ProjectSessions sessions, Topology topology, DesiredProject request, ProjectRegistry.Entry entry) {
        return mode.trustsOutline()
                ? Optional.ofNullable(new UnchangedProjectDetector(cluster)
                        .fulfilled(sessions.maintenance(), topology, Map.of(request.name(), entry), List.of(request))
                        .get(request.name()))
                : Optional.empty();
    }

    /** Throws before anything is changed if an empty database would hide that rows are lost. */
    private ChangeSet changeSet(
            ProjectSessions sessions,
            Topology topology,
            DesiredProject request,
            Optional<ProjectRegistry.Entry> entry) {
        ChangeSet changeSet = new ChangeSetBuilder(cluster, topology, source).build(sessions, request, entry);
        if (!mode.acceptsLoss()) {
            boolean complete = entry.map(known -> known.state().isComplete()).orElse(false);
            List<LostRows> lost = LostRows.in(sessions, topology, changeSet.observed(), complete);
            if (!lost.isEmpty()) {
                throw LostRows.refusal(request.name(), lost);
            }
        }
        return changeSet;
    }

    private ProjectRegistry registry(ProjectSessions sessions) {
        return cluster.registry(sessions.maintenance());
    }

    /** One call of {@link #create}, with the project's lock held. */
    private final class ProvisioningRun {

        private final Topology topology;
        private final boolean onAllNodes;
        private final ProjectSessions sessions;
        private final StepListener listener;
        private final long begun;
        private final Set<String> awaited = new HashSet<>();
        private final Set<String> settled = new HashSet<>();
        private final List<StepOutcome> settling = new CopyOnWriteArrayList<>();

        ProvisioningRun(
                Topology topology, boolean onAllNodes, ProjectSessions sessions, StepListener listener, long begun) {
            this.topology = topology;
            this.onAllNodes = onAllNodes;
            this.sessions = sessions;
            this.listener = listener;
            this.begun = begun;
        }

        /** Once each: a password that was unknown then stays unknown. */
        void await(CredentialPendingException elsewhere) {
            elsewhere.await(sessions.maintenance());
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
            Optional<ProjectRegistry.Entry> entry = registry(sessions).find(request.name());
            entry.ifPresentOrElse(mode::admit, () -> mode.admitNew(request.name()));
            boolean ready =
                    entry.map(known -> known.state() == ProjectState.READY).orElse(false);
            if (mode.isRepair() && onAllNodes && topology.citus()) {
                new OrphanedRoles(topology, request.name()).remove(sessions, cluster.threads());
            }
            PasswordsOfRequest passwords = new PasswordsOfRequest(cluster, topology, sessions, settled);
            entry.ifPresent(passwords::requireEndedChanges);
            if (ready) {
                Optional<DesiredProject> known = known(sessions, topology, request, entry.orElseThrow());
                if (known.isPresent()) {
                    return UnchangedProjectDetector.unchanged(known.get(), begun);
                }
                ChangeSet changeSet = changeSet(sessions, topology, request, entry);
                passwords.requireUnchanged(changeSet, entry.orElseThrow());
                if (changeSet.steps().isEmpty()) {
                    return unchanged(changeSet, entry);
                }
                if (!changeSet.touchesWhatIsShared()) {
                    return complete(changeSet, begin(changeSet, entry), deadline);
                }
            }
            ChangeSet changeSet;
            PlanExecution execution;
            try (AdvisoryLock shared = AdvisoryLock.onGlobalObjects(sessions.maintenance())) {
                changeSet = changeSet(sessions, topology, request, entry);
                if (!awaited.containsAll(changeSet.awaited())) {
                    throw new CredentialPendingException(changeSet.awaited());
                }
                if (entry.isEmpty() && cluster.requireCapacity() && changeSet.makesDatabase(topology.coordinator())) {
                    RoomForProject.check(request.name(), sessions.maintenance(), topology, registry(sessions));
                }
                execution = begin(changeSet, entry);
                execution.runGlobalStages();
            }
            return complete(changeSet, execution, deadline);
        }

        private Provisioned complete(ChangeSet changeSet, PlanExecution execution, Deadline deadline) {
            List<StepOutcome> outcomes = new ArrayList<>(execution.runProjectStages());
            ChangeSetBuilder drafter = new ChangeSetBuilder(cluster, topology, source);
            PlanningContext seen = drafter.look(sessions, changeSet.desired(), execution.reaching());
            List<PlannedStep> left = new ProjectPlanner().plan(seen);
            for (int look = 1; !left.isEmpty() && look < LOOKS; look++) {
                // What could not be seen before the database was there, or before it knew its tables again.
                outcomes.addAll(execution(changeSet.desired(), left).runProjectStages());
                seen = drafter.look(sessions, changeSet.desired(), Set.of());
                left = new ProjectPlanner().plan(seen);
            }
            List<String> waiting = new ReadinessCheck(cluster, topology).check(seen, deadline);
            registry(sessions).save(changeSet.desired(), mode.after(), Set.of());
            keepOutline(changeSet.desired(), seen.observed(), waiting);
            return provisioned(changeSet, outcomes, waiting);
        }

        private PlanExecution execution(DesiredProject desired, List<PlannedStep> steps) {
            return new PlanExecution(cluster, topology, desired.name(), steps, sessions, listener);
        }

        private Provisioned unchanged(ChangeSet changeSet, Optional<ProjectRegistry.Entry> entry) {
            boolean known = entry.map(ProjectRegistry.Entry::desired)
                    .map(changeSet.desired().withoutLeaving().forTheRegistry()::equals)
                    .orElse(false);
            if (!known) {
                registry(sessions).save(changeSet.desired(), ProjectState.READY, Set.of());
            }
            keepOutline(changeSet.desired(), changeSet.observed(), changeSet.waiting());
            return provisioned(changeSet, List.of(), changeSet.waiting());
        }

        /** What waits for a table must be looked for in any case, and a part of the nodes says nothing of the others. */
        private void keepOutline(DesiredProject desired, ObservedProject seen, List<String> waiting) {
            if (onAllNodes && mode.after() == ProjectState.READY && waiting.isEmpty()) {
                seen.outline().ifPresent(outline -> registry(sessions).saveOutline(desired.name(), outline));
            }
        }

        private PlanExecution begin(ChangeSet changeSet, Optional<ProjectRegistry.Entry> entry) {
            registry(sessions)
                    .save(
                            untried(changeSet.desired(), entry),
                            mode.meanwhile(entry),
                            changeSet.generated().keySet());
            return execution(changeSet.desired(), changeSet.steps());
        }

        /** A server may refuse a setting or an extension for good. What comes of the request later must not insist on it. */
        private DesiredProject untried(DesiredProject desired, Optional<ProjectRegistry.Entry> entry) {
            DesiredProject before =
                    entry.map(ProjectRegistry.Entry::desired).orElse(DesiredProject.named(desired.name()));
            return desired.withSettings(before.settings()).withExtensions(before.extensions());
        }

        private Provisioned provisioned(ChangeSet changeSet, List<StepOutcome> outcomes, List<String> waiting) {
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            ProvisioningResult result =
                    new ProvisioningResult(changeSet.desired().name(), outcomes, waiting, took);
            return new Provisioned(changeSet.handedOut().withoutLeaving(), result, changeSet.generated());
        }
    }
}
