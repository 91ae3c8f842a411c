package org.citustenancy.internal.passwords;

import org.citustenancy.users.Secret;

/**
 * The connection parameter by which a node authenticates to the others as a user.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING">Connection Strings</a>
 */
public final class AuthInfo {

    private AuthInfo() {}

    /**
     * The parameter for a password. Do not log it.
     *
     * @param password the password
     * @return {@code password='...'}, quoted for libpq
     */
    public static String of(Secret password) {
        String quoted = password.reveal().replace("\\", "\\\\").replace("'", "\\'");
        return "password='" + quoted + "'";
    }
}
