package org.citustenancy.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.citustenancy.CitusCluster;
import org.citustenancy.embedded.EmbeddedNode;
import org.citustenancy.plan.StepOutcome;
import org.citustenancy.workers.NodeChange;

/** Measures adding a worker to a cluster of many projects. */
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
            EmbeddedNode model = nodes.embedded().addNode();
            List<StepOutcome> byHand = byHand(nodes, model);
            List<Double> ours = new ArrayList<>();
            List<Double> oneByOne = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                EmbeddedNode first = nodes.embedded().addNode();
                EmbeddedNode second = nodes.embedded().addNode();
                Stopwatch watch = Stopwatch.start();
                nodes.cluster().workers().add(HERE, first.port()).orThrow();
                ours.add(watch.seconds());
                watch = Stopwatch.start();
                try (OneByOne statements = new OneByOne(nodes)) {
                    statements.send(
                            byHand, text -> text.replace(String.valueOf(model.port()), String.valueOf(second.port())));
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

    /** Sends the statements without a template database, as written by hand. This also warms up the library. */
    private static List<StepOutcome> byHand(MeasuredCluster nodes, EmbeddedNode model) {
        try (CitusCluster plain = nodes.connect(options -> options.emptyTemplates(false))) {
            NodeChange change = plain.workers().add(HERE, model.port()).orThrow();
            plain.workers().remove(HERE, model.port()).orThrow();
            return all(change);
        }
    }

    private static List<StepOutcome> all(NodeChange change) {
        List<StepOutcome> all = new ArrayList<>(change.outcomes());
        change.projects().values().forEach(all::addAll);
        return all;
    }
}
