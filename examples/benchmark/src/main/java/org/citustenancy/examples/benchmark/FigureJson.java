package org.citustenancy.examples.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Writes figures as JSON. */
final class FigureJson {

    private FigureJson() {}

    static String of(List<Figure> figures) {
        return figures.stream().map(FigureJson::object).collect(Collectors.joining(",\n  ", "[\n  ", "\n]\n"));
    }

    private static String object(Figure figure) {
        return "{\"what\": " + quoted(figure.what()) + ", \"ours\": " + quoted(figure.ours()) + ", \"comparedWith\": "
                + quoted(figure.comparedWith()) + ", \"ratio\": "
                + (figure.ratio().isPresent()
                        ? String.format(Locale.ROOT, "%.4f", figure.ratio().getAsDouble())
                        : "null")
                + ", \"bar\": " + quoted(figure.bar()) + ", \"met\": "
                + figure.met().map(String::valueOf).orElse("null") + "}";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            if (character == '"' || character == '\\') {
                quoted.append('\\').append((char) character);
            } else if (character < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }
}
