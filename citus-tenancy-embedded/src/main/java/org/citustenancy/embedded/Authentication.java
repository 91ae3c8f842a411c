package org.citustenancy.embedded;

/** The authentication of clients, and of nodes among themselves. */
public enum Authentication {

    /**
     * No authentication: any client may connect as any role, so projects are not isolated from each other. For tests
     * that need no isolation; {@code verify()} reports it.
     */
    TRUST("trust"),

    /** A password, which is not sent in clear text. The default. */
    SCRAM_SHA_256("scram-sha-256");

    private final String method;

    Authentication(String method) {
        this.method = method;
    }

    /** Returns PostgreSQL's name of the method. */
    String method() {
        return method;
    }
}
