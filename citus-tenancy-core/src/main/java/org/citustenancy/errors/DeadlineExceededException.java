package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The time that the caller allowed has passed. What ran stands; running the request again goes on from there. */
public final class DeadlineExceededException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public DeadlineExceededException(Failure failure) {
        super(failure, null);
    }

    public DeadlineExceededException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
