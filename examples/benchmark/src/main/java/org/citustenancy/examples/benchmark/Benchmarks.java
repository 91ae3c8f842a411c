package org.citustenancy.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Measures every row, prints the table, and writes it to {@code target/benchmark.json} too. */
public final class Benchmarks {

    private static final List<Row> ROWS = List.of(
            new IdlePoolsRow(),
            new PoolCallsRow(),
            new NewProjectRow(),
            new TemplateRow(),
            new TestDatabaseRow(),
            new PlainTestDatabaseRow(),
            new AddedWorkerRow(),
            new ClusterFiguresRow(),
            new BackupRow());

    private Benchmarks() {}

    /**
     * Runs it.
     *
     * @param arguments the rows to measure, by the names of their classes; all if none is named
     * @throws Exception if something cannot be measured
     */
    public static void main(String[] arguments) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (Row row : ROWS) {
            if (arguments.length == 0
                    || Arrays.asList(arguments).contains(row.getClass().getSimpleName())) {
                figures.addAll(row.measure());
            }
        }
        new FigureTable(figures).print(System.out);
        write(figures);
    }

    private static void write(List<Figure> figures) throws IOException {
        Path file = Path.of("target", "benchmark.json");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, FigureJson.of(figures));
    }
}
