package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The named project, user, table or column does not exist. */
public final class NotFoundException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public NotFoundException(Failure failure) {
        super(failure, null);
    }

    public NotFoundException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
