package org.citustenancy.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measures every row, prints the table, and also writes it to {@code target/benchmark.json}. */
public final class Benchmarks {

    private static final List<Row> ROWS = List.of(
            new IdlePoolsRow(),
            new ManyPoolsRow(),
            new PoolCallsRow(),
            new NewProjectRow(),
            new StatementsRow(),
            new TemplateRow(),
            new TestDatabaseRow(),
            new PlainTestDatabaseRow(),
            new AddedWorkerRow(),
            new FailoverRow(),
            new SuspensionRow(),
            new GrowthRow(),
            new BackupRow());

    private Benchmarks() {}

    /**
     * Runs the benchmarks.
     *
     * @param arguments the rows to measure, by the names of their classes, separated by commas; all if none is named
     * @throws Exception if a measurement fails
     */
    public static void main(String[] arguments) throws Exception {
        List<String> named = Arrays.stream(arguments)
                .flatMap(argument -> Arrays.stream(argument.split(",", -1)))
                .filter(name -> !name.isEmpty())
                .toList();
        refuseUnknown(named);
        List<Figure> figures = new ArrayList<>();
        for (Row row : ROWS) {
            if (named.isEmpty() || named.contains(name(row))) {
                Stopwatch watch = Stopwatch.start();
                figures.addAll(row.measure());
                System.err.printf(Locale.ROOT, "%s: %.0f s%n", name(row), watch.seconds());
            }
        }
        new FigureTable(figures).print(System.out);
        write(figures);
    }

    private static String name(Row row) {
        return row.getClass().getSimpleName();
    }

    private static void refuseUnknown(List<String> named) {
        List<String> known = ROWS.stream().map(Benchmarks::name).toList();
        named.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(unknown -> {
            throw new IllegalArgumentException("There is no row " + unknown + "; there are " + known);
        });
    }

    private static void write(List<Figure> figures) throws IOException {
        Path file = Path.of("target", "benchmark.json");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, FigureJson.of(figures));
    }
}
