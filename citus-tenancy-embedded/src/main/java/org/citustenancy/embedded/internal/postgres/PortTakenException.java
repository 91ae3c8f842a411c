package org.citustenancy.embedded.internal.postgres;

import org.citustenancy.embedded.internal.fleet.ServerException;

/** Thrown if another process listens on the port of a server. */
final class PortTakenException extends ServerException {

    private static final long serialVersionUID = 1L;

    PortTakenException(String message) {
        super(message);
    }
}
