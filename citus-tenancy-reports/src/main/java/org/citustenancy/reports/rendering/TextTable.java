package org.citustenancy.reports.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A text table with right-aligned numbers. Immutable; {@link #row} returns a longer copy. */
final class TextTable {

    private static final String GAP = "  ";

    private final List<Column> columns;
    private final List<List<String>> rows;

    /**
     * A column.
     *
     * @param heading its heading
     * @param number whether its values are right-aligned
     */
    record Column(String heading, boolean number) {}

    private TextTable(List<Column> columns, List<List<String>> rows) {
        this.columns = List.copyOf(columns);
        this.rows = List.copyOf(rows);
    }

    static TextTable of(Column... columns) {
        return new TextTable(List.of(columns), List.of());
    }

    static Column text(String heading) {
        return new Column(heading, false);
    }

    static Column number(String heading) {
        return new Column(heading, true);
    }

    TextTable row(String... values) {
        List<List<String>> more = new ArrayList<>(rows);
        more.add(List.of(values));
        return new TextTable(columns, more);
    }

    @Override
    public String toString() {
        List<Integer> widths = IntStream.range(0, columns.size())
                .mapToObj(column -> IntStream.concat(
                                IntStream.of(width(columns.get(column).heading())),
                                rows.stream().mapToInt(row -> width(row.get(column))))
                        .max()
                        .getAsInt())
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(columns.stream().map(Column::heading).toList(), widths));
        lines.add(widths.stream().map("-"::repeat).collect(Collectors.joining(GAP)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return lines.stream().map(line -> line.stripTrailing() + "\n").collect(Collectors.joining());
    }

    private String line(List<String> values, List<Integer> widths) {
        return IntStream.range(0, columns.size())
                .mapToObj(column -> {
                    String value = values.get(column);
                    String space = " ".repeat(widths.get(column) - width(value));
                    return columns.get(column).number() ? space + value : value + space;
                })
                .collect(Collectors.joining(GAP));
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}
