package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The server does not have Citus, or its Citus is not usable. */
public final class CitusUnavailableException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public CitusUnavailableException(Failure failure) {
        super(failure, null);
    }

    public CitusUnavailableException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
