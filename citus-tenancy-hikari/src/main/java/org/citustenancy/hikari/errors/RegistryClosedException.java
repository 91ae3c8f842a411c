package org.citustenancy.hikari.errors;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/** Thrown if a registry of pools is used after it was closed. */
public final class RegistryClosedException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public RegistryClosedException() {
        super(
                Failure.of("The registry of pools is closed, and all its pools with it")
                        .fix("use it before it is closed, or open another one"),
                null);
    }
}
