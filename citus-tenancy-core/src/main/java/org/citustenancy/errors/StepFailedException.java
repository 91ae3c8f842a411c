package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** A step of a plan failed. What ran before it stands; running the request again goes on from there. */
public final class StepFailedException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public StepFailedException(Failure failure) {
        super(failure, null);
    }

    public StepFailedException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
