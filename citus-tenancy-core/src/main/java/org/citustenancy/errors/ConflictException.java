package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The request contradicts the observed state, or another request. This call changed nothing. */
public final class ConflictException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public ConflictException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public ConflictException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
