package org.citustenancy.spring.errors;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/**
 * Thrown if a session of JPA was opened for a database that does not exist any more, although its project does: it was
 * dropped and created again, or moved to another cluster. The next session works in the new database.
 */
public final class ReplacedDatabaseException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception for a failure.
     *
     * @param failure the failure
     */
    public ReplacedDatabaseException(Failure failure) {
        super(failure, null);
    }
}
