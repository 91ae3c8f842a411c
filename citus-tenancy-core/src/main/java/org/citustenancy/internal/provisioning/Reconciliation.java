package org.citustenancy.internal.provisioning;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.citustenancy.internal.desired.DesiredProject;
import org.citustenancy.internal.observing.CloneSource;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.StepOutcome;

/**
 * One reconciliation: the desired state, how to get there, and what its attempts have done so far, including what was done between
 * them without the project's lock.
 */
final class Reconciliation {

    private final DesiredProject request;
    private final ProvisioningMode mode;
    private final Optional<CloneSource> source;
    private final StepListener listener;
    private final long begun = System.nanoTime();
    private final List<StepOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final Set<String> awaited = new HashSet<>();
    private final Set<String> settled = new HashSet<>();

    /**
     * A reconciliation that begins now.
     *
     * @param request the desired state
     * @param mode which states of the project it accepts, and leaves
     * @param source the source of a clone
     * @param listener is notified of each step
     */
    Reconciliation(
            DesiredProject request, ProvisioningMode mode, Optional<CloneSource> source, StepListener listener) {
        this.request = request;
        this.mode = mode;
        this.source = source;
        this.listener = listener.after((project, outcome) -> outcomes.add(outcome));
    }

    DesiredProject request() {
        return request;
    }

    ProvisioningMode mode() {
        return mode;
    }

    Optional<CloneSource> source() {
        return source;
    }

    /** The listener of every attempt. */
    StepListener listener() {
        return listener;
    }

    /** When the first attempt began, as {@link System#nanoTime()}. */
    long begun() {
        return begun;
    }

    /** The steps of all attempts, in the order in which they ended. */
    List<StepOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Waits for the projects once each: a password that is unknown afterwards stays unknown. */
    void await(CredentialPendingException pending, Session maintenance) {
        pending.await(maintenance);
        awaited.addAll(pending.projects());
    }

    boolean hasAwaited(Set<String> projects) {
        return awaited.containsAll(projects);
    }

    /** Changes the password once: if it differs afterwards, the next attempt reports it. */
    void settle(PasswordChanged changed) {
        changed.settle((user, outcome) -> listener.stepEnded(request.name(), outcome));
        settled.add(changed.user());
    }

    /** The users whose password was changed between attempts. */
    Set<String> settled() {
        return settled;
    }
}
