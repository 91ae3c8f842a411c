package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** Everything ran, but a node still differs from the desired state. */
public final class IncompleteException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public IncompleteException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public IncompleteException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
