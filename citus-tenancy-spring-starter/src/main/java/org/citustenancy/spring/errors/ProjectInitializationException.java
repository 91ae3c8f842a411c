package org.citustenancy.spring.errors;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/** Thrown if the initialization of a project fails, for example a migration. The project itself exists. */
public final class ProjectInitializationException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception for a failure.
     *
     * @param failure the failure
     * @param cause the exception of the initializer
     */
    public ProjectInitializationException(Failure failure, Throwable cause) {
        super(failure, cause);
    }
}
