package org.citustenancy.internal.provisioning;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.citustenancy.internal.capacity.RoomForProject;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.LostRows;
import org.citustenancy.internal.observing.ObservedProject;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.PlanningContext;
import org.citustenancy.internal.planning.ProjectPlanner;
import org.citustenancy.internal.registry.ProjectRegistry.Entry;
import org.citustenancy.internal.rowaccess.OrphanedRoles;
import org.citustenancy.internal.session.AdvisoryLock;
import org.citustenancy.internal.session.Deadline;
import org.citustenancy.plan.ProvisioningResult;
import org.citustenancy.registry.ProjectState;
import org.citustenancy.users.Secret;

/**
 * One attempt to reconcile a project: observes, plans, runs, and observes again until no step is left. The caller holds
 * the project's lock.
 */
final class ReconcileAttempt {

    /**
     * The maximum number of plans. Some steps can only be planned once the database exists, or once Citus has its
     * tables in the metadata again.
     */
    private static final int MOST_PLANS = 4;

    private final ProjectContext context;
    private final Reconciliation reconciliation;
    private final DesiredProject request;
    private final ProvisioningMode mode;
    private final boolean onAllNodes;

    ReconcileAttempt(ProjectContext context, Reconciliation reconciliation, boolean onAllNodes) {
        this.context = context;
        this.reconciliation = reconciliation;
        this.request = reconciliation.request();
        this.mode = reconciliation.mode();
        this.onAllNodes = onAllNodes;
    }

    /** Returns the steps that {@link #reconcile} would run now. */
    List<PlannedStep> plan() {
        Optional<Entry> entry = context.registry().find(request.name());
        entry.ifPresent(mode::admit);
        return entry.flatMap(this::matchingState).isPresent()
                ? List.of()
                : observeAndPlan(entry).steps();
    }

    Provisioned reconcile(Deadline deadline) {
        Optional<Entry> entry = context.registry().find(request.name());
        entry.ifPresentOrElse(mode::admit, () -> mode.admitNew(request.name()));
        if (mode.isRepair() && onAllNodes && context.topology().citus()) {
            new OrphanedRoles(context.topology(), request.name())
                    .remove(context.sessions(), context.cluster().threads());
        }
        PasswordsOfRequest passwords = new PasswordsOfRequest(context, reconciliation.settled());
        entry.ifPresent(passwords::requireEndedChanges);
        if (entry.map(Entry::state).filter(ProjectState.READY::equals).isPresent()) {
            Optional<DesiredProject> unchanged = entry.flatMap(this::matchingState);
            if (unchanged.isPresent()) {
                return provisioned(unchanged.get(), Map.of(), List.of());
            }
            ChangeSet changeSet = observeAndPlan(entry);
            passwords.requireUnchanged(changeSet, entry.orElseThrow());
            if (changeSet.steps().isEmpty()) {
                return recordUnchanged(changeSet, entry);
            }
            if (!changeSet.touchesWhatIsShared()) {
                return finish(changeSet, begin(changeSet, entry), deadline);
            }
        }
        ChangeSet changeSet;
        PlanExecution execution;
        try (AdvisoryLock shared =
                AdvisoryLock.onGlobalObjects(context.sessions().maintenance())) {
            changeSet = observeAndPlan(entry);
            if (!reconciliation.hasAwaited(changeSet.awaited())) {
                throw new CredentialPendingException(changeSet.awaited());
            }
            requireRoom(changeSet, entry);
            execution = begin(changeSet, entry);
            execution.runGlobalStages();
        }
        return finish(changeSet, execution, deadline);
    }

    /**
     * Returns the full desired state, if the project is known to have it and its fingerprint is the same as at its last
     * complete observation.
     */
    private Optional<DesiredProject> matchingState(Entry entry) {
        return mode.trustsFingerprint()
                ? Optional.ofNullable(new UnchangedProjectDetector(context.cluster())
                        .fulfilled(
                                context.sessions().maintenance(),
                                context.topology(),
                                Map.of(request.name(), entry),
                                List.of(request))
                        .get(request.name()))
                : Optional.empty();
    }

    /**
     * Observes the nodes and plans the steps. Throws, before any change, if an empty database would hide that rows are
     * lost.
     */
    private ChangeSet observeAndPlan(Optional<Entry> entry) {
        ChangeSet changeSet = new ChangeSetBuilder(context, reconciliation.source()).build(request, entry);
        if (!mode.acceptsLoss()) {
            boolean complete = entry.map(known -> known.state().isComplete()).orElse(false);
            List<LostRows> lost = LostRows.in(context.sessions(), context.topology(), changeSet.observed(), complete);
            if (!lost.isEmpty()) {
                throw LostRows.refusal(request.name(), lost);
            }
        }
        return changeSet;
    }

    private void requireRoom(ChangeSet changeSet, Optional<Entry> entry) {
        if (entry.isEmpty()
                && context.cluster().requireCapacity()
                && changeSet.makesDatabase(context.topology().coordinator())) {
            RoomForProject.check(
                    request.name(), context.sessions().maintenance(), context.topology(), context.registry());
        }
    }

    /** Registers the change, so that another process can finish it. */
    private PlanExecution begin(ChangeSet changeSet, Optional<Entry> entry) {
        context.registry()
                .save(
                        untried(changeSet.desired(), entry),
                        mode.meanwhile(entry),
                        changeSet.generated().keySet());
        return context.executionOf(changeSet.steps());
    }

    /**
     * Returns the desired state with the settings and extensions that were registered before. A server may always
     * refuse a setting or an extension, and later requests must not insist on it.
     */
    private DesiredProject untried(DesiredProject desired, Optional<Entry> entry) {
        DesiredProject before = entry.map(Entry::desired).orElse(DesiredProject.named(desired.name()));
        return desired.withSettings(before.settings()).withExtensions(before.extensions());
    }

    private Provisioned finish(ChangeSet changeSet, PlanExecution planned, Deadline deadline) {
        DesiredProject desired = changeSet.desired();
        ChangeSetBuilder observer = new ChangeSetBuilder(context, reconciliation.source());
        planned.runProjectStages();
        PlanningContext seen = observer.observe(desired, planned.reaching());
        List<PlannedStep> left = new ProjectPlanner().plan(seen);
        for (int plans = 1; !left.isEmpty() && plans < MOST_PLANS; plans++) {
            context.executionOf(left).runProjectStages();
            seen = observer.observe(desired, Set.of());
            left = new ProjectPlanner().plan(seen);
        }
        List<String> waiting = new ReadinessCheck(context).check(seen, deadline);
        context.registry().save(desired, mode.after(), Set.of());
        keepFingerprint(desired, seen.observed(), waiting);
        return provisioned(changeSet.handedOut().withoutLeaving(), changeSet.generated(), waiting);
    }

    private Provisioned recordUnchanged(ChangeSet changeSet, Optional<Entry> entry) {
        DesiredProject desired = changeSet.desired();
        boolean known = entry.map(Entry::desired)
                .map(desired.withoutLeaving().forTheRegistry()::equals)
                .orElse(false);
        if (!known) {
            context.registry().save(desired, ProjectState.READY, Set.of());
        }
        keepFingerprint(desired, changeSet.observed(), changeSet.waiting());
        return provisioned(changeSet.handedOut().withoutLeaving(), changeSet.generated(), changeSet.waiting());
    }

    /**
     * Keeps the fingerprint, unless a grant waits, which always needs another observation, or the observation covers
     * only some of the nodes.
     */
    private void keepFingerprint(DesiredProject desired, ObservedProject seen, List<String> waiting) {
        if (onAllNodes && mode.after() == ProjectState.READY && waiting.isEmpty()) {
            seen.fingerprint()
                    .ifPresent(fingerprint -> context.registry().saveFingerprint(desired.name(), fingerprint));
        }
    }

    private Provisioned provisioned(DesiredProject desired, Map<String, Secret> generated, List<String> waiting) {
        Duration took = Duration.ofNanos(System.nanoTime() - reconciliation.begun());
        return new Provisioned(
                desired, new ProvisioningResult(desired.name(), reconciliation.outcomes(), waiting, took), generated);
    }
}
