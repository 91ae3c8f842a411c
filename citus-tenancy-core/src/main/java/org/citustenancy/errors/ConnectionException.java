package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The coordinator could not be reached, or refused the connection. */
public final class ConnectionException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public ConnectionException(Failure failure) {
        super(failure, null);
    }

    public ConnectionException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
