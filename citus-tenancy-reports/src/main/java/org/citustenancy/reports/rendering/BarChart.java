package org.citustenancy.reports.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A chart of horizontal bars, the longest with the full width. Immutable; {@link #bar} returns a longer copy. */
final class BarChart {

    private static final double WHOLE = 100;

    private final String title;
    private final List<Bar> bars;

    /**
     * A bar of several parts.
     *
     * @param label the text before the bar
     * @param parts the lengths of its parts
     * @param figure the text after the bar
     */
    private record Bar(String label, List<Long> parts, String figure) {

        long length() {
            return parts.stream().mapToLong(Long::longValue).sum();
        }
    }

    private final List<String> legend;

    private BarChart(String title, List<String> legend, List<Bar> bars) {
        this.title = title;
        this.legend = List.copyOf(legend);
        this.bars = List.copyOf(bars);
    }

    /** Creates a chart without bars. The legend names the parts of each bar, and is omitted if there is only one. */
    static BarChart of(String title, List<String> legend) {
        return new BarChart(title, legend, List.of());
    }

    BarChart bar(String label, List<Long> parts, String figure) {
        List<Bar> more = new ArrayList<>(bars);
        more.add(new Bar(label, List.copyOf(parts), figure));
        return new BarChart(title, legend, more);
    }

    String html() {
        long longest = Math.max(1, bars.stream().mapToLong(Bar::length).max().orElse(1));
        return """
                <section>
                <h2>%s</h2>
                %s<div class="chart">
                %s</div>
                </section>
                """.formatted(
                        Html.escape(title),
                        legend.size() > 1 ? legend() : "",
                        bars.stream().map(bar -> html(bar, longest)).collect(Collectors.joining()));
    }

    private String legend() {
        StringBuilder parts = new StringBuilder("<p class=\"legend\">");
        for (int part = 0; part < legend.size(); part++) {
            parts.append("<span class=\"part%d\"></span> %s ".formatted(part, Html.escape(legend.get(part))));
        }
        return parts.append("</p>\n").toString();
    }

    private static String html(Bar bar, long longest) {
        StringBuilder parts = new StringBuilder();
        for (int part = 0; part < bar.parts().size(); part++) {
            parts.append("<span class=\"part%d\" style=\"width:%s%%\"></span>"
                    .formatted(
                            part,
                            String.format(
                                    Locale.ROOT, "%.2f", WHOLE * bar.parts().get(part) / longest)));
        }
        return "<div class=\"label\">%s</div><div class=\"bar\">%s</div><div class=\"figure\">%s</div>\n"
                .formatted(Html.escape(bar.label()), parts, Html.escape(bar.figure()));
    }
}
