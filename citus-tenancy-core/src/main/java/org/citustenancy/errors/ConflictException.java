package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** What was asked for contradicts what is there, or what somebody else asked for. Nothing was changed by this call. */
public final class ConflictException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception that tells a failure.
     *
     * @param failure what happened
     */
    public ConflictException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception that tells a failure noticed by another exception.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public ConflictException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
