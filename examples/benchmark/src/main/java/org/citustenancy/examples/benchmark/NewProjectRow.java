package org.citustenancy.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.citustenancy.Project;
import org.citustenancy.ProjectOutcome;
import org.citustenancy.ProjectRequest;

/** New projects on three nodes, one by one and ten at a time, and asking for one that is there. */
final class NewProjectRow implements Row {

    private static final String WHAT = "a new project";
    private static final int ROUNDS = 15;
    private static final int TOGETHER = 10;

    @Override
    public List<Figure> measure() throws Exception {
        try (MeasuredCluster nodes = MeasuredCluster.start(2)) {
            if (nodes.whyNot().isPresent()) {
                return List.of(Figure.notMeasured(WHAT, nodes.whyNot().get()));
            }
            nodes.projects("warm", 3);
            List<Double> ours = new ArrayList<>();
            List<Double> oneByOne = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                String name = "ours" + round;
                Stopwatch watch = Stopwatch.start();
                Project project = nodes.request(name).create();
                ours.add(watch.seconds());
                watch = Stopwatch.start();
                try (OneByOne statements = new OneByOne(nodes)) {
                    statements.send(project.result().orElseThrow().outcomes(), text -> text.replace("ours", "theirs"));
                }
                oneByOne.add(watch.seconds());
            }
            Spread single = new Spread(ours, "s");
            return List.of(
                    Figure.ratio(WHAT, single, "the same statements one after another", new Spread(oneByOne, "s"), 0.6),
                    together(nodes, single));
        }
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
