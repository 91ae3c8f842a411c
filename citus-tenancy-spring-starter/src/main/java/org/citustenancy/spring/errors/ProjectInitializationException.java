package org.citustenancy.spring.errors;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/** What was to be brought into a project could not be, for example a migration. The project itself is there. */
public final class ProjectInitializationException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     * @param cause what the initializer threw
     */
    public ProjectInitializationException(Failure failure, Throwable cause) {
        super(failure, cause);
    }
}
