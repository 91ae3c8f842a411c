package org.citustenancy.examples.demo;

import java.io.PrintStream;

/** What the reader sees: headings, paragraphs and lines, at most {@value #WIDTH} columns wide where words allow. */
final class Console {

    static final int WIDTH = 100;

    private static final String INDENT = "   ";

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    /** The first line of all. */
    void title(String text) {
        underlined(text, "=");
    }

    /** The beginning of a part. */
    void heading(String text) {
        emptyLine();
        underlined(text, "-");
    }

    private void underlined(String text, String character) {
        out.println(text);
        out.println(character.repeat(Math.min(text.length(), WIDTH)));
    }

    /** Text of a part. */
    void paragraph(String text) {
        wrapped(text, INDENT, INDENT);
    }

    /** Text of a part that belongs to the paragraph above it. */
    void detail(String text) {
        wrapped(text, INDENT.repeat(2), INDENT.repeat(2));
    }

    /** Text that stays as it is. */
    void verbatim(String text) {
        text.lines().forEach(line -> out.println(line.isEmpty() ? line : INDENT + line));
    }

    void emptyLine() {
        out.println();
    }

    /** Text whose lines are broken between words, with the first and the other lines of each indented. */
    void wrapped(String text, String first, String others) {
        text.lines().forEach(line -> wrapLine(line, first, others));
    }

    private void wrapLine(String text, String first, String others) {
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : text.stripTrailing().split(" ", -1)) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                out.println(line);
                line.setLength(0);
                line.append(others);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        out.println(line);
    }
}
