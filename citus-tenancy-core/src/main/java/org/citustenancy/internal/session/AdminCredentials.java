package org.citustenancy.internal.session;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.users.Secret;

/**
 * Holds the admin's password, which may change while sessions are opened. During a change, some nodes accept the former
 * password and some the new one, so both are tried.
 */
public final class AdminCredentials {

    private final String admin;
    private volatile List<Secret> passwords;

    public AdminCredentials(String admin, Secret password) {
        this.admin = admin;
        this.passwords = List.of(password);
    }

    String admin() {
        return admin;
    }

    /** Returns the password that is tried first. */
    Secret password() {
        return passwords.get(0);
    }

    /** Returns the next password to try, after those that a server has refused. */
    Optional<Secret> besides(Set<Secret> refused) {
        return passwords.stream().filter(each -> !refused.contains(each)).findFirst();
    }

    /** Adds a password that is tried from now on, too. */
    void acceptAlso(Secret next) {
        passwords = Stream.of(password(), next).distinct().toList();
    }

    /** Uses only this password from now on. */
    void settleOn(Secret password) {
        passwords = List.of(password);
    }
}
