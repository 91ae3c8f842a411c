package org.citustenancy.embedded.internal.fleet;

import org.jspecify.annotations.Nullable;

/** A server of the cluster failed; the message says which one, why, and what to do. */
public class ServerException extends Exception {

    private static final long serialVersionUID = 1L;

    public ServerException(String message) {
        super(message);
    }

    public ServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
