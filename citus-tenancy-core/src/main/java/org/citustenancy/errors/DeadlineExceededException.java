package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The time that the caller allowed has passed. What ran stands; running the request again goes on from there. */
public final class DeadlineExceededException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public DeadlineExceededException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public DeadlineExceededException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
