package org.citustenancy.hikari.errors;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/**
 * A connection of the project of the current scope is wanted where there is no scope, or used where there is another one.
 */
public final class OutsideScopeException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public OutsideScopeException(Failure failure) {
        super(failure, null);
    }
}
