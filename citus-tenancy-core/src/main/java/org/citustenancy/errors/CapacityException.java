package org.citustenancy.errors;

/** The capacity of the cluster does not suffice for the request. Nothing changed. */
public final class CapacityException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public CapacityException(Failure failure) {
        super(failure, null);
    }
}
