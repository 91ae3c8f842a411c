package org.citustenancy.test.internal.fingerprint;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.citustenancy.users.Secret;

/** SHA-256 digests of texts, with and without a key. */
public final class Digests {

    private static final String ALGORITHM = "HmacSHA256";

    private Digests() {}

    /**
     * Returns a digest of bytes.
     *
     * @return hexadecimal digits
     */
    public static String of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has SHA-256", impossible);
        }
    }

    /**
     * Returns a digest of a text.
     *
     * @return hexadecimal digits
     */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Derives a password from the admin's password, so that exactly the processes with the admin's password can compute
     * it.
     *
     * @param admin the admin's password
     * @param role the role of the password
     */
    public static Secret password(Secret admin, String role) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(
                    ("citus-tenancy-test/" + admin.reveal()).getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Secret.of(HexFormat.of().formatHex(mac.doFinal(role.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, impossible);
        }
    }
}
