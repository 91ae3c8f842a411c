package org.citustenancy.embedded;

/** A cluster or one of its nodes failed; the message says which one, why, and what to do. */
public class EmbeddedClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedClusterException(String message) {
        super(message);
    }

    EmbeddedClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
