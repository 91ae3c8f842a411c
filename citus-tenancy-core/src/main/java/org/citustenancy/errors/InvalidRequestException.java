package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The request is impossible: a bad name, a contradiction, a missing part. Nothing changed. */
public final class InvalidRequestException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public InvalidRequestException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public InvalidRequestException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
