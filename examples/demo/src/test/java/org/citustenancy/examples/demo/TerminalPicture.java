package org.citustenancy.examples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the demo prints, or the parts of it that say most, as an SVG of a terminal.
 *
 * @param lines what is shown, in the order in which it was printed
 */
record TerminalPicture(List<String> lines) {

    private static final String PROMPT = "$ mvn -q -Pdemo";
    private static final String GAP = "   ...";

    /** The headings of the parts that are shown, and how many lines of each. */
    private static final Map<String, Integer> SHOWN = Map.of(
            "The cluster", 4,
            "Where everything is", 10,
            "Each project is closed to the users of the others", 2,
            "How applications connect", 3);

    private static final Pattern UNDERLINE = Pattern.compile("[-=]{4,}");
    private static final Pattern TEXT = Pattern.compile("<text [^>]*>([^<]*)</text>");

    private static final int LINE = 18;
    private static final int TOP = 56;
    private static final double COLUMN = 8.43;

    /** The picture of a run. */
    static TerminalPicture of(String output) {
        List<String> printed = output.lines().toList();
        List<String> shown = new ArrayList<>(List.of(PROMPT));
        for (int line = 0; line + 1 < printed.size(); line++) {
            String heading = printed.get(line);
            if (!UNDERLINE.matcher(printed.get(line + 1)).matches()) {
                continue;
            }
            boolean part = SHOWN.containsKey(heading);
            if (part || line == 0 || heading.startsWith("Done")) {
                shown.addAll(List.of(heading, printed.get(line + 1)));
                if (part) {
                    shown.addAll(beginning(printed.subList(line + 2, printed.size()), SHOWN.get(heading)));
                }
                shown.add("");
            }
        }
        shown.remove(shown.size() - 1);
        return new TerminalPicture(List.copyOf(shown));
    }

    private static List<String> beginning(List<String> rest, int most) {
        List<String> part = rest.stream().takeWhile(line -> !line.isEmpty()).toList();
        return part.size() <= most
                ? part
                : Stream.concat(part.stream().limit(most), Stream.of(GAP)).toList();
    }

    /** The picture that a file shows. */
    static TerminalPicture read(String svg) {
        return new TerminalPicture(TEXT.matcher(svg)
                .results()
                .map(found ->
                        found.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
                .toList());
    }

    /** The lines that a run printed: all but the prompt, and what stands for others. */
    List<String> printed() {
        return lines.stream()
                .filter(line -> !line.isEmpty() && !line.equals(PROMPT) && !line.equals(GAP))
                .toList();
    }

    String svg() {
        int height = TOP + LINE * lines.size() + LINE / 2;
        long width = Math.round(
                40 + COLUMN * lines.stream().mapToInt(String::length).max().orElse(0));
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img">
                <title>What the demo prints</title>
                <rect width="%1$d" height="%2$d" rx="8" fill="#1e2227"/>
                <circle cx="20" cy="18" r="6" fill="#e06c75"/>
                <circle cx="40" cy="18" r="6" fill="#e5c07b"/>
                <circle cx="60" cy="18" r="6" fill="#98c379"/>
                <g font-family="ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="14" \
                xml:space="preserve">
                """, width, height));
        for (int line = 0; line < lines.size(); line++) {
            String text =
                    lines.get(line).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
            svg.append(String.format(
                    Locale.ROOT, "<text x=\"20\" y=\"%d\" %s>%s</text>\n", TOP + LINE * line, style(line), text));
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    private String style(int line) {
        String text = lines.get(line);
        if (text.equals(PROMPT)) {
            return "fill=\"#98c379\"";
        }
        if (UNDERLINE.matcher(text).matches()) {
            return "fill=\"#5c6370\"";
        }
        boolean heading = line + 1 < lines.size()
                && UNDERLINE.matcher(lines.get(line + 1)).matches();
        return heading ? "fill=\"#ffffff\" font-weight=\"bold\"" : "fill=\"#abb2bf\"";
    }
}
