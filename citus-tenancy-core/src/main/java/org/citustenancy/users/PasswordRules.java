package org.citustenancy.users;

import java.text.Normalizer;

/**
 * Checks that a password has the same meaning for every client and server.
 *
 * <p>SCRAM prepares passwords with SASLprep (RFC 4013) before it hashes them. A client that skips this step, or uses
 * other tables, would then fail with a password that appears correct. The library refuses such passwords.
 */
final class PasswordRules {

    private PasswordRules() {}

    static void check(String password) {
        if (password.isEmpty()) {
            throw Secret.refused(
                    "is empty; PostgreSQL accepts no empty password",
                    "give one, or call withUser(name) to have one generated");
        }
        if (password.indexOf('\0') >= 0) {
            throw Secret.refused("contains a NUL character", "choose a password without it");
        }
        if (!isUnchangedBySaslPrep(password)) {
            throw Secret.refused(
                    "contains characters that SCRAM would replace (SASLprep, RFC 4013)",
                    "use its normalised form (NFKC, ordinary spaces, no invisible characters)");
        }
    }

    private static boolean isUnchangedBySaslPrep(String password) {
        return Normalizer.isNormalized(password, Normalizer.Form.NFKC)
                && password.codePoints().noneMatch(PasswordRules::isMappedOrForbidden);
    }

    private static boolean isMappedOrForbidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            case Character.SPACE_SEPARATOR -> codePoint != ' ';
            default -> isMappedToNothing(codePoint);
        };
    }

    /** Returns whether the code point is in table B.1 of RFC 3454 and is not a format character. */
    private static boolean isMappedToNothing(int codePoint) {
        return codePoint == 0x034F
                || codePoint == 0x1806
                || (codePoint >= 0x180B && codePoint <= 0x180D)
                || (codePoint >= 0xFE00 && codePoint <= 0xFE0F);
    }
}
