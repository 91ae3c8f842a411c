package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted, and its interrupt flag is set again. Completed steps stay; running the request
 * again resumes from there.
 */
public final class OperationInterruptedException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public OperationInterruptedException(Failure failure) {
        super(failure, null);
    }

    public OperationInterruptedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
