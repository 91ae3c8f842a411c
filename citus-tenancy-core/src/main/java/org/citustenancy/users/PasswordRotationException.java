package org.citustenancy.users;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/**
 * A password change failed after it began. The message states whether the former password is in effect again on every
 * node, or on which node this is unknown. {@link #password()} is the password that was to be set, which may be a
 * generated one.
 *
 * <pre>{@code
 * try {
 *     store(cluster.users().rotatePassword("app_user"));
 * } catch (PasswordRotationException failed) {
 *     later(() -> cluster.users().rotatePassword(failed.user(), failed.password()));
 * }
 * }</pre>
 */
public final class PasswordRotationException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    private final String user;
    private final transient Secret password;

    /**
     * Creates an exception for a failed change.
     *
     * @param failure what happened
     * @param cause the underlying exception
     * @param user the user of the password
     * @param password the password that was to be set
     */
    public PasswordRotationException(Failure failure, Throwable cause, String user, Secret password) {
        super(failure, cause);
        this.user = user;
        this.password = password;
    }

    /**
     * Returns the user whose password was to be changed.
     *
     * @return the user
     */
    public String user() {
        return user;
    }

    /**
     * Returns the password that was to be set. With it, {@code rotatePassword} or {@code rotateAdminPassword} resumes
     * the change.
     *
     * @return the password, masked
     */
    public Secret password() {
        return password;
    }
}
