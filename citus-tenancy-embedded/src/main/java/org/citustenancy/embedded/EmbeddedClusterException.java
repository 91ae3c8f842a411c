package org.citustenancy.embedded;

/** Thrown if a cluster or one of its nodes fails. The message contains the node, the reason and the solution. */
public class EmbeddedClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedClusterException(String message) {
        super(message);
    }

    EmbeddedClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
