package org.citustenancy.internal.passwords;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.users.Secret;

/**
 * Builds and parses the connection parameter by which a node authenticates to the others as a user.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING">Connection Strings</a>
 */
public final class AuthInfo {

    private static final Pattern QUOTED = Pattern.compile("password='((?:[^'\\\\]|\\\\.)*)'", Pattern.DOTALL);

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    private AuthInfo() {}

    /**
     * Returns the parameter for a password. Do not log it.
     *
     * @return {@code password='...'}, quoted for libpq
     */
    public static String of(Secret password) {
        String quoted = password.reveal().replace("\\", "\\\\").replace("'", "\\'");
        return "password='" + quoted + "'";
    }

    /**
     * Returns the password in a result of {@link #of}.
     *
     * @param authinfo a connection parameter
     * @return absent if it has another format
     */
    public static Optional<Secret> passwordIn(String authinfo) {
        Matcher quoted = QUOTED.matcher(authinfo);
        return quoted.matches()
                ? Optional.of(Secret.of(ESCAPED.matcher(quoted.group(1)).replaceAll("$1")))
                : Optional.empty();
    }
}
