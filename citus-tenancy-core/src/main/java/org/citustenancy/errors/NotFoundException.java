package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** A project, user, table or column that was named does not exist. */
public final class NotFoundException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public NotFoundException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public NotFoundException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
