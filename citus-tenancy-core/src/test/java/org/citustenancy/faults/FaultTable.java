package org.citustenancy.faults;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How often what went wrong in which operation, and what came of it. */
final class FaultTable {

    private final Map<Operation, Map<Fault, Integer>> faults = new EnumMap<>(Operation.class);
    private final Map<Operation, Integer> statements = new EnumMap<>(Operation.class);
    private final List<String> losses = new ArrayList<>();
    private final Map<Operation, Integer> lost = new EnumMap<>(Operation.class);

    void statements(Operation operation, int count) {
        statements.merge(operation, count, Math::max);
    }

    void made(Operation operation, Fault fault) {
        faults.computeIfAbsent(operation, key -> new EnumMap<>(Fault.class)).merge(fault, 1, Integer::sum);
    }

    void lost(Operation operation, String what) {
        lost.merge(operation, 1, Integer::sum);
        losses.add(what);
    }

    /** Adds what earlier runs have written there, if they have. */
    void add(Path file) throws IOException {
        Properties earlier = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                earlier.load(reader);
            }
        }
        for (Operation operation : Operation.values()) {
            for (Fault fault : Fault.values()) {
                int times = number(earlier, operation + "." + fault);
                for (int time = 0; time < times; time++) {
                    made(operation, fault);
                }
            }
            lost.merge(operation, number(earlier, operation + ".lost"), Integer::sum);
            statements(operation, number(earlier, operation + ".statements"));
        }
    }

    private static int number(Properties properties, String key) {
        return Integer.parseInt(properties.getProperty(key, "0"));
    }

    /** Writes it for later runs. */
    void save(Path file) throws IOException {
        Properties properties = new Properties();
        faults.forEach((operation, made) -> made.forEach(
                (fault, times) -> properties.setProperty(operation + "." + fault, Integer.toString(times))));
        lost.forEach((operation, times) -> properties.setProperty(operation + ".lost", Integer.toString(times)));
        statements.forEach(
                (operation, count) -> properties.setProperty(operation + ".statements", Integer.toString(count)));
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    List<String> losses() {
        return losses;
    }

    /** As it is in the documents. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("| operation | statements | " + columns(Fault::word) + " | lost |");
        lines.add("|---|--:|" + columns(fault -> "--:").replace(" ", "") + "|--:|");
        for (Operation operation : Operation.values()) {
            Map<Fault, Integer> made = faults.getOrDefault(operation, Map.of());
            lines.add("| " + operation.word() + " | " + statements.getOrDefault(operation, 0) + " | "
                    + columns(fault -> String.valueOf(made.getOrDefault(fault, 0))) + " | "
                    + lost.getOrDefault(operation, 0) + " |");
        }
        return String.join("\n", lines);
    }

    private static String columns(Function<Fault, String> text) {
        return Arrays.stream(Fault.values()).map(text).collect(Collectors.joining(" | "));
    }
}
