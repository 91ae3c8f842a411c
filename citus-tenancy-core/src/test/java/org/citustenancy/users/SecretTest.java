package org.citustenancy.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.citustenancy.errors.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    @Test
    void a_secret_does_not_show_itself() {
        Secret secret = Secret.of("open sesame");

        assertThat(secret.toString()).isEqualTo("********");
        assertThat("" + secret).doesNotContain("sesame");
        assertThat(secret.reveal()).isEqualTo("open sesame");
    }

    @Test
    void generated_ones_are_long_and_differ() {
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
    void what_scram_leaves_alone_is_taken(String text) {
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
    void what_scram_would_change_or_refuse_is_refused(String text) {
        assertThatThrownBy(() -> Secret.of(text))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("fix: ");
    }
}
