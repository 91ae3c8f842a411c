package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The coordinator could not get through to a node. */
public final class NodeUnreachableException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    /**
     * An exception for a failure.
     *
     * @param failure what happened
     */
    public NodeUnreachableException(Failure failure) {
        this(failure, null);
    }

    /**
     * An exception for a failure with a cause.
     *
     * @param failure what happened
     * @param cause the exception that it was noticed by, or null
     */
    public NodeUnreachableException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
