package org.citustenancy.embedded;

/** Thrown if no backend, or not the requested one, is available on this machine. The message contains the reasons. */
public final class NoBackendException extends EmbeddedClusterException {

    private static final long serialVersionUID = 1L;

    NoBackendException(String message) {
        super(message);
    }
}
