package org.citustenancy.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.citustenancy.errors.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @Test
    void secret_does_not_print_its_value() {
        Secret secret = Secret.of("open sesame");

        assertThat(secret.toString()).isEqualTo("********");
        assertThat("" + secret).doesNotContain("sesame");
        assertThat(secret.reveal()).isEqualTo("open sesame");
    }

    @Test
    void generated_secrets_are_long_and_differ() {
        Secret one = Secret.generate();

        // Six bits a character.
        assertThat(one.reveal()).hasSizeGreaterThanOrEqualTo(128 / 6 + 1).matches("[A-Za-z0-9_-]+");
        assertThat(one).isNotEqualTo(Secret.generate()).isEqualTo(Secret.of(one.reveal()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ordinary",
                "with spaces and 'quotes' and \\ backslashes",
                "contraseña",
                "пароль",
                "密码",
                "\uD83D\uDD11 key"
            })
    void secret_accepts_texts_that_saslprep_keeps(String text) {
        assertThat(Secret.of(text).reveal()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "with\0nul",
                "no\u00A0break",
                "soft\u00ADhyphen",
                "zero\u200Bwidth",
                "decomposed e\u0301",
                "\uFB01gature",
                "\u2168 roman",
                "line\nbreak",
                "half \uD83D"
            })
    void secret_refuses_texts_that_saslprep_changes_or_refuses(String text) {
        assertThatThrownBy(() -> Secret.of(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("fix: ");
    }
}
