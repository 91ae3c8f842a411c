package org.citustenancy.embedded.internal.fleet;

import org.jspecify.annotations.Nullable;

/** Thrown if a server of the cluster fails. The message contains the server, the reason and the solution. */
public class ServerException extends Exception {

    private static final long serialVersionUID = 1L;

    public ServerException(String message) {
        super(message);
    }

    public ServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
