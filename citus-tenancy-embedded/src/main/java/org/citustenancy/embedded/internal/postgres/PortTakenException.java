package org.citustenancy.embedded.internal.postgres;

import org.citustenancy.embedded.internal.fleet.ServerException;

/** Another process listens on the port that a server was to have. */
final class PortTakenException extends ServerException {

    private static final long serialVersionUID = 1L;

    PortTakenException(String message) {
        super(message);
    }
}
