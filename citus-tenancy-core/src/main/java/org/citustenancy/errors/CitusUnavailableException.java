package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The server has no Citus, or not in a state that can be worked with. */
public final class CitusUnavailableException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public CitusUnavailableException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public CitusUnavailableException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
