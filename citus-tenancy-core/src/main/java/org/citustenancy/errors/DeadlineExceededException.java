package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The allowed time has passed. Completed steps stay; running the request again resumes from there. */
public final class DeadlineExceededException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public DeadlineExceededException(Failure failure) {
        super(failure, null);
    }

    public DeadlineExceededException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
