package org.citustenancy.internal.encoding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes SHA-256 digests. Their text is lower-case hexadecimal, the same as {@code encode(sha256(…), 'hex')} of
 * PostgreSQL.
 */
public final class Sha256 {

    private Sha256() {}

    /** Returns the digest of a text in UTF-8. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(begin().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns a digest that is updated with bytes as they arrive. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }
}
