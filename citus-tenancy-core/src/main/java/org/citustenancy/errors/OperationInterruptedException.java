package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The calling thread was interrupted; its interrupt flag is set again. What ran stands; running the request again goes on from there. */
public final class OperationInterruptedException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public OperationInterruptedException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public OperationInterruptedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
