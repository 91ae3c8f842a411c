package org.citustenancy.embedded;

/** How those who connect to a server prove who they are. */
public enum Authentication {

    /** Not at all: whoever connects is whoever he says he is. */
    TRUST("trust"),

    /** By a password, which does not travel in clear. */
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
