package org.citustenancy.faults;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
