package org.citustenancy.test;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/** What test databases are to begin with could not be made. */
public final class PreparationException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    PreparationException(Failure failure, Throwable cause) {
        super(failure, cause);
    }
}
