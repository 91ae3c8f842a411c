package org.citustenancy.examples.benchmark;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Prints figures as a table. */
final class FigureTable {

    private static final List<String> HEAD = List.of("what", "ours", "compared with", "ratio", "bar", "");

    private final List<List<String>> lines = new ArrayList<>(List.of(HEAD));

    FigureTable(List<Figure> figures) {
        figures.forEach(figure -> lines.add(List.of(
                figure.what(),
                figure.ours(),
                figure.comparedWith(),
                figure.ratio().isPresent()
                        ? String.format(Locale.ROOT, "%.3f", figure.ratio().getAsDouble())
                        : "",
                figure.bar(),
                figure.verdict())));
    }

    void print(PrintStream out) {
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < HEAD.size(); column++) {
                text.append(line.get(column))
                        .append(" ".repeat(width(column) - line.get(column).length() + 2));
            }
            out.println(text.toString().stripTrailing());
        }
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
