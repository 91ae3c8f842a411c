package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The admin lacks a required privilege. */
public final class InsufficientPrivilegeException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public InsufficientPrivilegeException(Failure failure) {
        super(failure, null);
    }

    public InsufficientPrivilegeException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
