package org.citustenancy.examples.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures borrowing from the registry and selecting the project with JMH, in rounds of a JVM each, so that drift
 * affects all equally. Nothing waits here, so the row uses {@link ProcessorTime}.
 */
final class PoolCallsRow implements Row {

    private static final int ROUNDS = 2;
    private static final int WARMUPS = 4;
    private static final int ITERATIONS = 5;
    private static final TimeValue TIME = TimeValue.milliseconds(300);

    private static final List<String> CALLS = List.of(
            "borrowHikari",
            "borrowOurs",
            "borrowOursByName",
            "chooseOurs",
            "chooseSpring",
            "chooseBaomidou",
            "routeOurs",
            "routeSpring",
            "routeBaomidou",
            "requestOurs",
            "requestSpring",
            "requestBaomidou",
            "statementScoped",
            "statementPooled");

    @Override
    public List<Figure> measure() throws RunnerException {
        Map<String, List<Double>> measured = new HashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<String> shuffled = new ArrayList<>(CALLS);
            Collections.shuffle(shuffled);
            for (String call : shuffled) {
                measured.computeIfAbsent(call, name -> new ArrayList<>()).addAll(run(call));
            }
        }
        Map<String, Spread> calls = new HashMap<>();
        measured.forEach((call, values) -> calls.put(call, new Spread(values, "ns")));
        return List.of(
                Figure.ratio(
                        "borrow and return",
                        at(calls, "borrowOurs"),
                        "HikariCP alone",
                        at(calls, "borrowHikari"),
                        1.05),
                Figure.withoutBar(
                        "borrow and return, the pool looked up by name each time",
                        at(calls, "borrowOursByName"),
                        "HikariCP alone",
                        at(calls, "borrowHikari")),
                besideTheFaster("choosing the project", "choose", calls),
                besideTheFaster("choosing, borrowing and returning", "route", calls),
                besideTheFaster("entering, choosing, borrowing, returning and leaving", "request", calls),
                Figure.withoutBar(
                        "making a statement in the current project, the scope looked at",
                        at(calls, "statementScoped"),
                        "one of the project's own data source",
                        at(calls, "statementPooled")));
    }

    private static Figure besideTheFaster(String what, String call, Map<String, Spread> calls) {
        Spread spring = at(calls, call + "Spring");
        Spread baomidou = at(calls, call + "Baomidou");
        boolean springIsFaster = spring.median() <= baomidou.median();
        return Figure.ratio(
                what,
                at(calls, call + "Ours"),
                springIsFaster ? "Spring" : "baomidou",
                springIsFaster ? spring : baomidou,
                1.00);
    }

    private static Spread at(Map<String, Spread> calls, String call) {
        Spread spread = calls.get(call);
        if (spread == null) {
            throw new IllegalStateException("JMH has measured nothing of " + call);
        }
        return spread;
    }

    private static List<Double> run(String call) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("\\." + PoolCalls.class.getSimpleName() + "\\." + call + "$")
                        .forks(1)
                        .addProfiler(ProcessorTime.class)
                        .shouldFailOnError(true)
                        .warmupIterations(WARMUPS)
                        .warmupTime(TIME)
                        .measurementIterations(ITERATIONS)
                        .measurementTime(TIME)
                        .verbosity(VerboseMode.SILENT)
                        .jvmArgsAppend("-Dorg.slf4j.simpleLogger.defaultLogLevel=error")
                        .build())
                .run();
        return results.stream()
                .flatMap(result -> result.getBenchmarkResults().stream())
                .flatMap(result -> result.getIterationResults().stream())
                .map(PoolCallsRow::processorTime)
                .toList();
    }

    private static double processorTime(IterationResult iteration) {
        return Objects.requireNonNull(
                        iteration.getSecondaryResults().get(ProcessorTime.NAME), "JMH has lost the processor time")
                .getScore();
    }
}
