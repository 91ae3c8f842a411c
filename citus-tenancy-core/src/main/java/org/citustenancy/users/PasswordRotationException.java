package org.citustenancy.users;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/**
 * A change of a password has failed after it began. The message says whether the password before is in force again on every
 * node, or on which one that is not known; {@link #password()} is the one that was to be set, which may be a generated one.
 *
 * <pre>{@code
 * try {
 *     store(cluster.rotatePassword("app_user"));
 * } catch (PasswordRotationException failed) {
 *     later(() -> cluster.rotatePassword(failed.user(), failed.password()));
 * }
 * }</pre>
 */
public final class PasswordRotationException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    private final String user;
    private final transient Secret password;

    /**
     * A failed change.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by
     * @param user whose password
     * @param password the password that was to be set
     */
    public PasswordRotationException(Failure failure, Throwable cause, String user, Secret password) {
        super(failure, cause);
        this.user = user;
        this.password = password;
    }

    /**
     * Whose password was to be changed.
     *
     * @return the user
     */
    public String user() {
        return user;
    }

    /**
     * The password that was to be set. With it, {@code rotatePassword} or {@code rotateAdminPassword} carries on.
     *
     * @return the password, masked
     */
    public Secret password() {
        return password;
    }
}
