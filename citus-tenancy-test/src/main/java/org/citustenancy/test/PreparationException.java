package org.citustenancy.test;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/** Thrown if the preparation of the test databases fails. */
public final class PreparationException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    PreparationException(Failure failure, Throwable cause) {
        super(failure, cause);
    }
}
