package org.citustenancy.hikari.errors;

import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;

/** Something is wanted of a registry of pools that is closed. */
public final class RegistryClosedException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /** An exception for it. */
    public RegistryClosedException() {
        super(
                Failure.of("The registry of pools is closed, and all its pools with it")
                        .fix("use it before it is closed, or open another one"),
                null);
    }
}
