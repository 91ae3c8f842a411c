package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** A step of a plan failed. The steps before it stay; running the request again resumes from there. */
public final class StepFailedException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public StepFailedException(Failure failure) {
        super(failure, null);
    }

    public StepFailedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
