package org.citustenancy.internal.session;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.citustenancy.errors.OperationInterruptedException;
import org.citustenancy.users.Secret;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the admin's password, which may change while sessions are opened. During a change, some nodes accept the former
 * password and some the new one, so both are tried. If another process changes it, the source of the password returns
 * the new one after a server has refused the known ones.
 */
public final class AdminCredentials {

    private static final Logger LOG = LoggerFactory.getLogger(AdminCredentials.class);

    private final String admin;
    private final Supplier<Secret> source;
    private volatile List<Secret> passwords;
    private volatile boolean failing;

    /**
     * Holds a password.
     *
     * @param password the password that is tried first
     * @param source returns the current password
     */
    public AdminCredentials(String admin, Secret password, Supplier<Secret> source) {
        this.admin = admin;
        this.source = source;
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
        return passwords.stream()
                .filter(each -> !refused.contains(each))
                .findFirst()
                .or(() -> supplied().filter(each -> !refused.contains(each)));
    }

    private Optional<Secret> supplied() {
        try {
            Optional<Secret> supplied = Optional.of(source.get());
            failing = false;
            return supplied;
        } catch (OperationInterruptedException ended) {
            throw ended;
        } catch (RuntimeException unknown) {
            // The exception of a source may contain the password.
            if (!failing) {
                LOG.warn(
                        "The admin's password was refused, and its source does not return another one: {}",
                        unknown.getClass().getName());
            }
            failing = true;
            return Optional.empty();
        }
    }

    /** Tries a password of the source first from now on, because a server has accepted it. */
    synchronized void accepted(Secret password) {
        if (!passwords.contains(password)) {
            passwords = List.of(password, password());
        }
    }

    /** Adds a password that is tried from now on, too. */
    synchronized void acceptAlso(Secret next) {
        passwords = Stream.of(password(), next).distinct().toList();
    }

    /** Uses only this password from now on. */
    synchronized void settleOn(Secret password) {
        passwords = List.of(password);
    }
}
