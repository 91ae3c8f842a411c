package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The admin may not do what is needed. */
public final class InsufficientPrivilegeException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public InsufficientPrivilegeException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public InsufficientPrivilegeException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
