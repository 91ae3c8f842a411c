package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** All steps ran, but a node still differs from the desired state. */
public final class IncompleteException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public IncompleteException(Failure failure) {
        super(failure, null);
    }

    public IncompleteException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
