package org.citustenancy.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.workers.WorkerChange;

/** A worker joins a cluster of many projects. */
final class AddedWorkerRow implements Row {

    private static final String WHAT = "a worker joins 20 projects";
    private static final String HERE = "127.0.0.1";
    private static final int PROJECTS = 20;
    private static final int ROUNDS = 3;

    @Override
    public List<Figure> measure() throws Exception {
        try (MeasuredCluster nodes = MeasuredCluster.start(1)) {
            if (nodes.whyNot().isPresent()) {
                return List.of(Figure.notMeasured(WHAT, nodes.whyNot().get()));
            }
            nodes.projects("joined", PROJECTS);
            List<Double> ours = new ArrayList<>();
            List<Double> oneByOne = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                EmbeddedNode first = nodes.embedded().addNode();
                EmbeddedNode second = nodes.embedded().addNode();
                Stopwatch watch = Stopwatch.start();
                WorkerChange change =
                        nodes.cluster().workers().add(HERE, first.port()).orThrow();
                ours.add(watch.seconds());
                watch = Stopwatch.start();
                try (OneByOne statements = new OneByOne(nodes)) {
                    statements.send(
                            all(change),
                            text -> text.replace(String.valueOf(first.port()), String.valueOf(second.port())));
                }
                oneByOne.add(watch.seconds());
                for (EmbeddedNode node : List.of(first, second)) {
                    nodes.cluster().workers().remove(HERE, node.port()).orThrow();
                    node.stop();
                }
            }
            return List.of(Figure.ratio(
                    WHAT,
                    new Spread(ours, "s"),
                    "the same statements one after another",
                    new Spread(oneByOne, "s"),
                    0.6));
        }
    }

    private static List<StepOutcome> all(WorkerChange change) {
        List<StepOutcome> all = new ArrayList<>(change.outcomes());
        change.projects().values().forEach(all::addAll);
        return all;
    }
}
