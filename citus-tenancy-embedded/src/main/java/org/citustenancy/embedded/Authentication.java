package org.citustenancy.embedded;

/** How clients, and the nodes among themselves, prove to a server which role they are. */
public enum Authentication {

    /**
     * Not at all: any client may connect as any role, so that no project is isolated from another. For tests that need no
     * isolation; {@code verify()} reports it.
     */
    TRUST("trust"),

    /** By a password, which is not sent in clear text. The default. */
    SCRAM_SHA_256("scram-sha-256");

    private final String method;

    Authentication(String method) {
        this.method = method;
    }

    /** The name that PostgreSQL has for it. */
    String method() {
        return method;
    }
}
