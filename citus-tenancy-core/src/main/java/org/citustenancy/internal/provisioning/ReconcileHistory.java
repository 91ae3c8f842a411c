package org.citustenancy.internal.provisioning;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.internal.session.Session;
import org.citustenancy.plan.StepOutcome;

/** What the attempts of one reconciliation have done so far, and what was done between them without the project's lock. */
final class ReconcileHistory {

    private final long begun = System.nanoTime();
    private final List<StepOutcome> outcomes = new CopyOnWriteArrayList<>();
    private final Set<String> awaited = new HashSet<>();
    private final Set<String> settled = new HashSet<>();
    private final StepListener listener;

    ReconcileHistory(StepListener listener) {
        this.listener = listener.after((project, outcome) -> outcomes.add(outcome));
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
    void settle(PasswordChanged changed, String project) {
        changed.settle((user, outcome) -> listener.stepEnded(project, outcome));
        settled.add(changed.user());
    }

    /** The users whose password was changed between attempts. */
    Set<String> settled() {
        return settled;
    }
}
