package org.citustenancy.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.citustenancy.Project;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.ProjectRequest;
import org.citustenancy.plan.StepOutcome;

/** Measures new projects on three nodes, one by one and ten at a time, and a request for an existing project. */
final class NewProjectRow implements Row {

    private static final String WHAT = "a new project";
    private static final String MODEL = "by_hand";
    private static final int ROUNDS = 15;
    private static final int TOGETHER = 10;

    @Override
    public List<Figure> measure() throws Exception {
        try (MeasuredCluster nodes = MeasuredCluster.start(2)) {
            if (nodes.whyNot().isPresent()) {
                return List.of(Figure.notMeasured(WHAT, nodes.whyNot().get()));
            }
            List<StepOutcome> guide = byHand(nodes);
            nodes.projects("warm", 3);
            List<Double> ours = new ArrayList<>();
            List<Double> oneByOne = new ArrayList<>();
            List<Boolean> order = Shuffled.halves(ROUNDS);
            for (int round = 0; round < order.size(); round++) {
                String name = "round" + round;
                Stopwatch watch = Stopwatch.start();
                if (order.get(round)) {
                    nodes.request(name).create();
                    ours.add(watch.seconds());
                } else {
                    try (OneByOne statements = new OneByOne(nodes)) {
                        statements.send(guide, text -> text.replace(MODEL, name));
                    }
                    oneByOne.add(watch.seconds());
                }
            }
            Spread single = new Spread(ours, "s");
            return List.of(
                    Figure.ratio(WHAT, single, "the guide's steps, one after another", new Spread(oneByOne, "s"), 0.6),
                    together(nodes, single));
        }
    }

    /** Returns the steps on every node without a template database, as written by hand. */
    private static List<StepOutcome> byHand(MeasuredCluster nodes) {
        Project model = nodes.request(MODEL).create();
        List<StepOutcome> outcomes =
                OneByOne.ofProject(model.result().orElseThrow().outcomes(), MODEL);
        model.drop();
        return outcomes;
    }

    private static Figure together(MeasuredCluster nodes, Spread single) {
        List<Double> together = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            List<ProjectRequest> requests = new ArrayList<>();
            for (int number = 0; number < TOGETHER; number++) {
                requests.add(nodes.request("together" + round + "_" + number));
            }
            Stopwatch watch = Stopwatch.start();
            nodes.cluster().create(requests).forEach(ProjectOutcome::orThrow);
            together.add(watch.seconds());
        }
        Spread ten = new Spread(
                single.sorted().stream().map(seconds -> seconds * TOGETHER).toList(), "s");
        return Figure.ratio("10 new projects in one request", new Spread(together, "s"), "10 times one", ten, 0.7);
    }
}
