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
 * A SCRAM verifier, with which a server can check a password, but with which no client can log in.
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
     * Returns a verifier that a server stores.
     *
     * @param text as in {@code pg_authid.rolpassword}
     */
    public static Verifier stored(String text) {
        return new Verifier(text);
    }

    /** Creates a verifier with a new salt. */
    public static Verifier of(Secret password) {
        return new Verifier(PasswordUtil.encodeScramSha256(password.reveal().toCharArray()));
    }

    /**
     * Checks whether this verifier was computed from a password, by computing it again with the same salt and
     * iterations.
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
     * Returns the verifier's text. Do not log it.
     *
     * @return in the format of {@code ALTER ROLE}
     */
    public String reveal() {
        return text;
    }

    /** Returns a mask. */
    @Override
    public String toString() {
        return Secret.MASK;
    }

    /**
     * Returns the digest by which nodes are compared, the same that {@code Sql.digest} computes on a server.
     *
     * @param text a verifier or another secret text
     * @return SHA-256 in hexadecimal
     */
    public static String digest(String text) {
        return Sha256.hex(text);
    }
}
