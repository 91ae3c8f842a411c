package org.citustenancy.errors;

import org.jspecify.annotations.Nullable;

/** The coordinator could not reach a node. */
public final class NodeUnreachableException extends CitusTenancyException {

    private static final long serialVersionUID = 1L;

    public NodeUnreachableException(Failure failure) {
        super(failure, null);
    }

    public NodeUnreachableException(Failure failure, @Nullable Throwable cause) {
        super(failure, cause);
    }
}
