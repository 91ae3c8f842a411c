package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The request contradicts the observed state, or another request. This call changed nothing. */
public final class ConflictException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public ConflictException(Failure failure) {
        super(failure, null);
    }

    public ConflictException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
