package org.citustenancy.internal.encoding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, in lower-case hexadecimal where it is text, as {@code encode(sha256(…), 'hex')} of PostgreSQL gives it. */
public final class Sha256 {

    private Sha256() {}

    /** The digest of a text in UTF-8. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(begin().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A digest to update with bytes as they come. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every Java platform has SHA-256", missing);
        }
    }
}
