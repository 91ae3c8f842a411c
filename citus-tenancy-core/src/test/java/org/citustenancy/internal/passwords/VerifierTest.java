package org.citustenancy.internal.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;

class VerifierTest {

    /** Made by PostgreSQL 15 itself for the password {@code secretpw}. */
    private static final String BY_THE_SERVER = "SCRAM-SHA-256$4096:W6Xio0cMqhyL+tamrz4VRA==$"
            + "eqOiAMz5M+rTAcDTCz4ZUU6Q8rvkbUKmwzBXAvVrlfc=:ek/HTPPAWV9mxclKikxOEHkDMtZjBUol/HHTG/2orA4=";

    @Test
    void verifier_matches_its_password_only() {
        assertThat(Verifier.stored(BY_THE_SERVER).matches(Secret.of("secretpw")))
                .isTrue();
        assertThat(Verifier.stored(BY_THE_SERVER).matches(Secret.of("secretpw2")))
                .isFalse();
        assertThat(Verifier.stored("md5d41d8cd98f00b204e9800998ecf8427e").matches(Secret.of("secretpw")))
                .isFalse();
    }

    @Test
    void two_verifiers_of_one_password_differ_and_match_it() {
        Secret password = Secret.of("contraseña");
        Verifier one = Verifier.of(password);
        Verifier other = Verifier.of(password);

        assertThat(one.reveal()).isNotEqualTo(other.reveal()).startsWith("SCRAM-SHA-256$");
        assertThat(one.matches(password)).isTrue();
        assertThat(other.matches(password)).isTrue();
        assertThat(one.toString()).doesNotContain("SCRAM");
    }
}
