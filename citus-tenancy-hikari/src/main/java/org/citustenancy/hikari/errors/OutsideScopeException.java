package org.citustenancy.hikari.errors;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/**
 * Thrown if a thread requests a connection of the current scope outside of any scope, or uses a connection in another
 * scope.
 */
public final class OutsideScopeException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception for a failure.
     *
     * @param failure the failure
     */
    public OutsideScopeException(Failure failure) {
        super(failure, null);
    }
}
