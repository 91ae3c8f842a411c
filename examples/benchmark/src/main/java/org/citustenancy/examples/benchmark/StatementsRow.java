package org.citustenancy.examples.benchmark;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.citustenancy.plan.StepOutcome;

/**
 * Measures the time of a new project by statement: the statements of the library, and those that are needed without a
 * template database. Each is sent alone to an idle node, and the times of all nodes are added up.
 */
final class StatementsRow implements Row {

    private static final String MODEL = "model_project";
    private static final String COPIED = "copied_project";
    private static final int ROUNDS = 15;

    @Override
    public List<Figure> measure() throws Exception {
        try (MeasuredCluster nodes = MeasuredCluster.start(2)) {
            if (nodes.whyNot().isPresent()) {
                return List.of(Figure.notMeasured(
                        "statements of a new project", nodes.whyNot().get()));
            }
            List<StepOutcome> byHand = steps(nodes, MODEL);
            nodes.projects("warm", 3);
            List<StepOutcome> ours = steps(nodes, COPIED);
            Map<String, List<Double>> oursTook = new LinkedHashMap<>();
            Map<String, List<Double>> byHandTook = new LinkedHashMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                send(nodes, ours, COPIED, "ours" + round, oursTook);
                send(nodes, byHand, MODEL, "theirs" + round, byHandTook);
            }
            return figures(oursTook, byHandTook);
        }
    }

    private static List<StepOutcome> steps(MeasuredCluster nodes, String name) {
        return OneByOne.ofProject(
                nodes.request(name).create().result().orElseThrow().outcomes(), name);
    }

    private static void send(
            MeasuredCluster nodes, List<StepOutcome> steps, String model, String name, Map<String, List<Double>> took)
            throws SQLException {
        StatementTimes times = new StatementTimes();
        try (OneByOne statements = new OneByOne(nodes, times)) {
            statements.send(steps, text -> text.replace(model, name));
        }
        times.seconds()
                .forEach((kind, seconds) -> took.computeIfAbsent(kind.replace(name, "…"), each -> new ArrayList<>())
                        .add(seconds));
    }

    private static List<Figure> figures(Map<String, List<Double>> ours, Map<String, List<Double>> byHand) {
        Set<String> kinds = new LinkedHashSet<>(byHand.keySet());
        kinds.addAll(ours.keySet());
        List<Figure> figures = new ArrayList<>();
        for (String kind : kinds) {
            figures.add(line("a new project: " + kind, inMilliseconds(ours, kind), inMilliseconds(byHand, kind)));
        }
        figures.add(line(
                "a new project: all of these",
                sum(ours.keySet().stream().mapToDouble(kind -> median(ours, kind))),
                sum(byHand.keySet().stream().mapToDouble(kind -> median(byHand, kind)))));
        return figures;
    }

    private static Figure line(String what, String ours, String byHand) {
        return new Figure(
                what, ours, "where nothing is copied " + byHand, OptionalDouble.empty(), "", Optional.empty());
    }

    private static String inMilliseconds(Map<String, List<Double>> took, String kind) {
        return took.containsKey(kind) ? sum(DoubleStream.of(median(took, kind))) : "-";
    }

    private static double median(Map<String, List<Double>> took, String kind) {
        return new Spread(took.getOrDefault(kind, List.of()), "s").median();
    }

    private static String sum(DoubleStream seconds) {
        return Math.round(seconds.sum() * 1000) + " ms";
    }
}
