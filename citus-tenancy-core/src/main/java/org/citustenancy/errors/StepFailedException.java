package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** A step of a plan failed. What ran before it stands; running the request again goes on from there. */
public final class StepFailedException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public StepFailedException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public StepFailedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
