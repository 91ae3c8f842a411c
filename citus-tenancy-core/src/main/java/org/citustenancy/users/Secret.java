package org.citustenancy.users;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * A password. It is masked wherever it could be printed; only {@link #reveal()} returns its text.
 *
 * <pre>{@code
 * Secret given = Secret.of(System.getenv("APP_PASSWORD"));
 * Secret made = Secret.generate();
 * }</pre>
 */
public final class Secret {

    /** The text that replaces a password. */
    public static final String MASK = "********";

    private static final int GENERATED_BYTES = 24;

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    /**
     * Creates a secret from an existing password.
     *
     * @param text the password
     * @return a secret that masks it
     * @throws InvalidRequestException if it is empty, or PostgreSQL would refuse or change it
     */
    public static Secret of(String text) {
        if (Objects.isNull(text)) {
            throw refused("is missing (null)", "give one; generate() makes one");
        }
        PasswordRules.check(text);
        return new Secret(text);
    }

    /**
     * Generates a random password of 192 bits. It consists of letters, digits, {@code -} and {@code _}, so that it
     * needs no quoting in a URL, a shell or a {@code .env} file.
     *
     * @return a new random secret
     */
    public static Secret generate() {
        byte[] bytes = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * Returns the text of the password. Do not log it.
     *
     * @return the text
     */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that
                && MessageDigest.isEqual(
                        text.getBytes(StandardCharsets.UTF_8), that.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the mask, never the password. */
    @Override
    public String toString() {
        return MASK;
    }

    static InvalidRequestException refused(String why, String action) {
        return new InvalidRequestException(Failure.of("The password " + why).fix(action));
    }
}
