package org.citustenancy.internal.desired;

import java.util.Optional;
import org.citustenancy.users.AccessLevel;
import org.citustenancy.users.Secret;

/**
 * A user as asked for.
 *
 * @param name the role's name
 * @param level what the user may do
 * @param password the password that the caller gave, or that was generated for a role that does not exist yet
 */
public record DesiredUser(String name, AccessLevel level, Optional<Secret> password) {

    /** Checks the name. */
    public DesiredUser {
        Names.user(name);
    }

    /**
     * The same user with a password.
     *
     * @param secret the password
     * @return a copy
     */
    public DesiredUser withPassword(Secret secret) {
        return new DesiredUser(name, level, Optional.of(secret));
    }

    /**
     * The same user, of whom no password is known.
     *
     * @return a copy
     */
    public DesiredUser withoutPassword() {
        return new DesiredUser(name, level, Optional.empty());
    }
}
