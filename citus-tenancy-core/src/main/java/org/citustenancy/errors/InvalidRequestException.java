package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The request is invalid: an invalid name, a contradiction, or a missing part. Nothing changed. */
public final class InvalidRequestException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public InvalidRequestException(Failure failure) {
        super(failure, null);
    }

    public InvalidRequestException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
