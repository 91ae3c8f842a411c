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
 * One reconciliation: the desired state, the mode, and the outcomes of its attempts so far, including changes between
 * the attempts without the project's lock.
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
     * Creates a reconciliation that begins now.
     *
     * @param request the desired state
     * @param mode the states of the project that it accepts, and the state that it sets
     * @param source the source of a clone
     * @param listener is notified of each step
     */
    Reconciliation(DesiredProject request, ProvisioningMode mode, Optional<CloneSource> source, StepListener listener) {
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

    /** Returns the listener of every attempt. */
    StepListener listener() {
        return listener;
    }

    /** Returns the start of the first attempt, as {@link System#nanoTime()}. */
    long begun() {
        return begun;
    }

    /** Returns the steps of all attempts, in the order in which they ended. */
    List<StepOutcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Waits for each of the projects once. A password that is unknown afterwards stays unknown. */
    void await(CredentialPendingException pending, Session maintenance) {
        pending.await(maintenance);
        awaited.addAll(pending.projects());
    }

    boolean hasAwaited(Set<String> projects) {
        return awaited.containsAll(projects);
    }

    /** Changes the password once. If it differs afterwards, the next attempt reports it. */
    void settle(PasswordChanged changed) {
        changed.settle((user, outcome) -> listener.stepEnded(request.name(), outcome));
        settled.add(changed.user());
    }

    /** Returns the users whose password was changed between attempts. */
    Set<String> settled() {
        return settled;
    }
}
