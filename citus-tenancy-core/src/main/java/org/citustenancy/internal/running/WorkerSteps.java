package org.citustenancy.internal.running;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.citustenancy.errors.ServerErrorException;
import org.citustenancy.internal.planning.Work;
import org.citustenancy.internal.session.NodeAnswer;
import org.citustenancy.internal.session.NodeCommands;
import org.citustenancy.internal.sql.NodeStatements;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.topology.Node;

/** Runs the steps of a stage on the workers. */
final class WorkerSteps {

    private final NodeCommands way;
    private final StepProgress progress;

    WorkerSteps(NodeCommands way, StepProgress progress) {
        this.way = way;
        this.progress = progress;
    }

    /**
     * Runs the steps. In each round, every worker gets its next statement: one that must run alone, or all up to the
     * next such statement.
     */
    void run(Map<Node, List<NumberedStep>> steps) {
        Map<Node, List<List<NumberedStep>>> batches = new LinkedHashMap<>();
        steps.forEach((node, ofNode) -> batches.put(node, batches(ofNode)));
        int rounds = batches.values().stream().mapToInt(List::size).max().orElse(0);
        for (int round = 0; round < rounds; round++) {
            Map<Node, List<NumberedStep>> next = new LinkedHashMap<>();
            for (Map.Entry<Node, List<List<NumberedStep>>> entry : batches.entrySet()) {
                if (round < entry.getValue().size()) {
                    next.put(entry.getKey(), entry.getValue().get(round));
                }
            }
            runRound(next);
        }
    }

    private static List<List<NumberedStep>> batches(List<NumberedStep> steps) {
        List<List<NumberedStep>> batches = new ArrayList<>();
        List<NumberedStep> together = new ArrayList<>();
        for (NumberedStep step : steps) {
            if (step.planned().work() instanceof Work.Standalone) {
                if (!together.isEmpty()) {
                    batches.add(together);
                    together = new ArrayList<>();
                }
                batches.add(List.of(step));
            } else {
                together.add(step);
            }
        }
        if (!together.isEmpty()) {
            batches.add(together);
        }
        return batches;
    }

    private void runRound(Map<Node, List<NumberedStep>> round) {
        Map<Node, String> commands = new LinkedHashMap<>();
        round.forEach((node, batch) -> commands.put(node, command(batch)));
        Map<Node, NodeAnswer> answers = way.run(commands);
        List<RuntimeException> failures = new ArrayList<>();
        answers.forEach((node, answer) -> {
            try {
                settle(round.getOrDefault(node, List.of()), answer);
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        });
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static String command(List<NumberedStep> batch) {
        Work first = batch.get(0).planned().work();
        return first instanceof Work.Standalone alone
                ? Sql.text(alone.query())
                : Sql.text(NodeStatements.atomically(batch.stream()
                        .map(step -> step.planned().work().shown())
                        .toList()));
    }

    private void settle(List<NumberedStep> batch, NodeAnswer answer) {
        NumberedStep suspect = batch.get(Math.max(0, Math.min(batch.size(), answer.failedStatement()) - 1));
        try {
            answer.orThrow(suspect.place());
        } catch (ServerErrorException refused) {
            throw progress.failed(suspect, refused);
        }
        batch.forEach(progress::done);
    }
}
