package org.citustenancy.hostile;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts made of what means something to SQL, libpq, shells, dotenv parsers, URIs and formatters, and of odd characters. */
public final class HostileTexts {

    private static final int MAXIMUM_BYTES = 63;

    private static final List<String> PIECES = List.of(
            "'",
            "''",
            "\"",
            "\"\"",
            "\\",
            "\\'",
            "`",
            "$",
            "$$",
            "$x$",
            "${HOME}",
            "$(id)",
            ";",
            "--",
            "/*",
            "*/",
            "%",
            "%s",
            "%41",
            "{0}",
            "{",
            "}",
            "?",
            "?|",
            ":x",
            "::",
            "@",
            "/",
            "//",
            "..",
            "#",
            " #",
            "=",
            "&",
            "+",
            ",",
            "!",
            "|",
            "<",
            ">",
            "*",
            "~",
            "(",
            ")",
            "[",
            "]",
            " ",
            "  ",
            "a",
            "Z",
            "0",
            "_",
            "-",
            ".",
            "null",
            "NULL",
            "public",
            "'; DROP DATABASE x;--",
            "' OR '1'='1",
            "\\x27",
            "E'\\'",
            "U&\"\\0027\"",
            "é",
            "ñ",
            "ß",
            "İ",
            "日本",
            "😀",
            "𝒳",
            "e\u0301");

    private static final List<String> INVISIBLE = List.of(
            "\u200B", "\u200D", "\u200E", "\u200F", "\u202E", "\u2066", "\uFEFF", "\u00A0", "\u00AD", "\u2028",
            "\u0085", "\u0001", "\u001B", "\u007F", "\t", "\n", "\r", "\r\n", "\uFFFD", "\uFFFE", "\uE000");

    private HostileTexts() {}

    /** Any text, even such as no server takes. */
    public static Arbitrary<String> any() {
        Arbitrary<String> pieces = Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of(PIECES)),
                Tuple.of(3, Arbitraries.of(INVISIBLE)),
                Tuple.of(1, Arbitraries.strings().ofLength(1)),
                Tuple.of(1, Arbitraries.of("\0", "\uD83D", "\uDE00", "x".repeat(60), "ñ".repeat(30))));
        return pieces.list().ofMinSize(0).ofMaxSize(12).map(parts -> String.join("", parts));
    }

    /** Texts that PostgreSQL can hold. */
    public static Arbitrary<String> storable() {
        return any().map(text ->
                new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace("\0", ""));
    }

    /** Names that PostgreSQL can have and does not keep for itself. */
    public static Arbitrary<String> names() {
        return storable().map(text -> shortened("n" + text));
    }

    private static String shortened(String name) {
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > MAXIMUM_BYTES) {
            end = name.offsetByCodePoints(end, -1);
        }
        return name.substring(0, end);
    }
}
