package org.citustenancy.embedded;

/** None of the backends, or not the requested one, is there on this machine; the message says why. */
public final class NoBackendException extends EmbeddedClusterException {

    private static final long serialVersionUID = 1L;

    NoBackendException(String message) {
        super(message);
    }
}
