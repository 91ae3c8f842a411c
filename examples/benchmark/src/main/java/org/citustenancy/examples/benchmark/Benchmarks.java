package org.citustenancy.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Measures every row, prints the table, and writes it to {@code target/benchmark.json} too. */
public final class Benchmarks {

    private static final List<Row> ROWS = List.of(new IdlePoolsRow(), new PoolCallsRow());

    private Benchmarks() {}

    /**
     * Runs it.
     *
     * @param arguments none
     * @throws Exception if something cannot be measured
     */
    public static void main(String[] arguments) throws Exception {
        List<Figure> figures = new ArrayList<>();
        for (Row row : ROWS) {
            figures.addAll(row.measure());
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
