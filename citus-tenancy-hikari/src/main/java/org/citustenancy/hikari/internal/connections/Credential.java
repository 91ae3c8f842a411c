package org.citustenancy.hikari.internal.connections;

import org.citustenancy.users.Secret;

/** A user's password, as it was at some time. */
final class Credential {

    private final Secret password;
    private volatile boolean proven;

    Credential(Secret password) {
        this.password = password;
    }

    Secret password() {
        return password;
    }

    /** Whether the server has taken it once. */
    boolean isProven() {
        return proven;
    }

    void proven() {
        proven = true;
    }
}
