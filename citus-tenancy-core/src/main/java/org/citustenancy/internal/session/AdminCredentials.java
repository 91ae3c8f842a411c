package org.citustenancy.internal.session;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.citustenancy.users.Secret;

/**
 * The admin's password, which may change while sessions are opened. As long as a change is under way, some nodes accept the
 * password before and some the new one, so both are tried.
 */
final class AdminCredentials {

    private final String admin;
    private volatile List<Secret> passwords;

    AdminCredentials(String admin, Secret password) {
        this.admin = admin;
        this.passwords = List.of(password);
    }

    String admin() {
        return admin;
    }

    /** The one that is tried first. */
    Secret password() {
        return passwords.get(0);
    }

    /** The next one to try, after those that a server has refused. */
    Optional<Secret> besides(Set<Secret> refused) {
        return passwords.stream().filter(each -> !refused.contains(each)).findFirst();
    }

    /** From now on another one is tried too. */
    void acceptAlso(Secret next) {
        passwords = Stream.of(password(), next).distinct().toList();
    }

    /** From now on only this one is used. */
    void settleOn(Secret password) {
        passwords = List.of(password);
    }
}
