package org.citustenancy.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void text_wraps_between_words_and_keeps_long_words_whole() {
        String longWord = "x".repeat(120);

        console.wrapped("a ".repeat(60).strip() + "\n  kept " + longWord + " end", "- ", "    ");

        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "- " + "a ".repeat(49).strip(),
                        "    " + "a ".repeat(11).strip(),
                        "-   kept",
                        "    " + longWord,
                        "    end");
    }

    @Test
    void tables_align_numbers_to_the_right() {
        assertThat(new TextTable("NODE", "ROWS", "NOTE")
                        .row("a long one", 5, "x")
                        .row("b", 1234, "")
                        .toString())
                .isEqualTo("""
                        NODE        ROWS  NOTE
                        a long one     5  x
                        b           1234""");
    }
}
