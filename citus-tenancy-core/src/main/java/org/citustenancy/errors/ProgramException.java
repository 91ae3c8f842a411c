package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** A PostgreSQL program is missing, does not fit the server, or failed. */
public final class ProgramException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public ProgramException(Failure failure) {
        super(failure, null);
    }

    public ProgramException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
