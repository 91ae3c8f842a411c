package org.citustenancy.internal.provisioning;

import java.util.function.Consumer;
import org.citustenancy.internal.running.StepListener;
import org.citustenancy.users.Secret;

/**
 * A request has another password for a user than the nodes, or finds a change of one that did not end. The
 * caller gives back all locks before the password is changed, for that needs the locks of all projects of the user.
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

    /** The request names a password that the user never had. */
    static PasswordChanged to(Secret password, String user, Cluster cluster) {
        return new PasswordChanged(user, listener -> new PasswordRotation(cluster).rotate(user, password, listener));
    }

    /** A change of the user's password did not end. */
    static PasswordChanged notEnded(String user, RotationRecovery recovery) {
        return new PasswordChanged(user, listener -> recovery.finish(user));
    }

    /** Does what has to be done first. */
    void settle(StepListener listener) {
        work.accept(listener);
    }

    /** Whose password. */
    String user() {
        return user;
    }
}
