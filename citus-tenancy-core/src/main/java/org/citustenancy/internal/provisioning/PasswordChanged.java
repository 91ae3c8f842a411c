package org.citustenancy.internal.provisioning;

import java.util.function.Consumer;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.users.Secret;

/**
 * Signals that a request has another password for a user than the nodes, or that a change of the password did not
 * finish. The caller releases all locks before the password is changed, because the change needs the locks of all
 * projects of the user.
 */
final class PasswordChanged extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String user;
    private final transient Consumer<StepListener> work;

    private PasswordChanged(String user, Consumer<StepListener> work) {
        super("a password is to be changed first: " + user, null, false, false);
        this.user = user;
        this.work = work;
    }

    /** Returns the exception for a request with a password that the user never had. */
    static PasswordChanged to(Secret password, String user, Cluster cluster) {
        return new PasswordChanged(user, listener -> new PasswordRotation(cluster).rotate(user, password, listener));
    }

    /** Returns the exception for a change of the user's password that did not finish. */
    static PasswordChanged notEnded(String user, RotationRecovery recovery) {
        return new PasswordChanged(user, listener -> recovery.finish(user));
    }

    /** Changes the password or finishes the interrupted change. */
    void settle(StepListener listener) {
        work.accept(listener);
    }

    /** Returns the user whose password changes. */
    String user() {
        return user;
    }
}
