package org.citustenancy.errors;

/** The cluster has no room for what the request needs. Nothing changed. */
public final class CapacityException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public CapacityException(Failure failure) {
        super(failure, null);
    }
}
