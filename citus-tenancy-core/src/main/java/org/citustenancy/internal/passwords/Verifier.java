package org.citustenancy.internal.passwords;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.citustenancy.internal.encoding.Sha256;
import org.citustenancy.users.Secret;
import org.postgresql.util.PasswordUtil;

/**
 * A SCRAM verifier: enough for a server to check a password, not enough to log in with.
 *
 * @see <a href="https://www.postgresql.org/docs/current/catalog-pg-authid.html">pg_authid.rolpassword</a>
 */
public final class Verifier {

    private static final Pattern SCRAM = Pattern.compile("SCRAM-SHA-256\\$(\\d+):([^$]+)\\$([^:]+):(.+)");

    private final String text;

    private Verifier(String text) {
        this.text = text;
    }

    /**
     * The verifier that a server has.
     *
     * @param text as in {@code pg_authid.rolpassword}
     */
    public static Verifier stored(String text) {
        return new Verifier(text);
    }

    /** A new verifier, with a salt of its own. */
    public static Verifier of(Secret password) {
        return new Verifier(PasswordUtil.encodeScramSha256(password.reveal().toCharArray()));
    }

    /**
     * Whether this verifier was made from a password, found by making it again with the same salt and iterations.
     *
     * @return false if it is another password's, or not a SCRAM verifier
     */
    public boolean matches(Secret password) {
        Matcher parts = SCRAM.matcher(text);
        if (!parts.matches()) {
            return false;
        }
        int iterations = Integer.parseInt(parts.group(1));
        byte[] salt = Base64.getDecoder().decode(parts.group(2));
        String again = PasswordUtil.encodeScramSha256(password.reveal().toCharArray(), iterations, salt);
        return MessageDigest.isEqual(again.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The verifier's text. Do not log it.
     *
     * @return as it goes into {@code ALTER ROLE}
     */
    public String reveal() {
        return text;
    }

    /** The mask. */
    @Override
    public String toString() {
        return Secret.MASK;
    }

    /**
     * The digest by which nodes are compared, as {@code Sql.digest} computes it on a server.
     *
     * @param text a verifier or another secret text
     * @return SHA-256 in hexadecimal
     */
    public static String digest(String text) {
        return Sha256.hex(text);
    }
}
