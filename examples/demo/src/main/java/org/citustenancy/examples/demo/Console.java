package org.citustenancy.examples.demo;

import java.io.PrintStream;

/** Prints headings, paragraphs and lines, at most {@value #WIDTH} columns wide unless a word is longer. */
final class Console {

    static final int WIDTH = 100;

    private static final String INDENT = "   ";

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    /** Prints the title. */
    void title(String text) {
        underlined(text, "=");
    }

    /** Prints a heading. */
    void heading(String text) {
        emptyLine();
        underlined(text, "-");
    }

    private void underlined(String text, String character) {
        out.println(text);
        out.println(character.repeat(Math.min(text.length(), WIDTH)));
    }

    /** Prints a paragraph. */
    void paragraph(String text) {
        wrapped(text, INDENT, INDENT);
    }

    /** Prints details of the paragraph above. */
    void detail(String text) {
        wrapped(text, INDENT.repeat(2), INDENT.repeat(2));
    }

    /** Prints text unchanged. */
    void verbatim(String text) {
        text.lines().forEach(line -> out.println(line.isEmpty() ? line : INDENT + line));
    }

    void emptyLine() {
        out.println();
    }

    /** Prints text with line breaks between words, and with indents of the first and the other lines. */
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
