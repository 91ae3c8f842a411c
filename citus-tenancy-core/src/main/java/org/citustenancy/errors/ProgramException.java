package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** A program of PostgreSQL is missing, does not fit the server, or failed. */
public final class ProgramException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public ProgramException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public ProgramException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
