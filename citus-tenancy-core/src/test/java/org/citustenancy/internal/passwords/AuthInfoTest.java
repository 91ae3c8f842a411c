package org.citustenancy.internal.passwords;

import static org.assertj.core.api.Assertions.assertThat;

import org.citustenancy.users.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthInfoTest {

    @ParameterizedTest
    @ValueSource(strings = {"plain", "it's", "back\\slash", "\\'", "a b=c", "'", "\\\\"})
    void written_password_is_read_back(String text) {
        Secret secret = Secret.of(text);

        assertThat(AuthInfo.passwordIn(AuthInfo.of(secret))).contains(secret);
    }

    @Test
    void other_forms_are_ignored() {
        assertThat(AuthInfo.passwordIn("password=bare")).isEmpty();
        assertThat(AuthInfo.passwordIn("sslcert='/x'")).isEmpty();
    }
}
