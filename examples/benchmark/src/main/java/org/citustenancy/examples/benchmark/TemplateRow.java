package org.citustenancy.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import org.citustenancy.Project;
import org.citustenancy.ProjectTemplate;

/**
 * Measures new projects on three nodes as copies of a template, and bare copies without the steps that make them
 * projects.
 */
final class TemplateRow implements Row {

    private static final String WHAT = "a new project from a template";
    private static final int ROUNDS = 15;

    private static final Warming WARMING = new Warming(150, 15);

    @Override
    public List<Figure> measure() throws Exception {
        try (MeasuredCluster nodes = MeasuredCluster.start(2)) {
            if (nodes.whyNot().isPresent()) {
                return List.of(Figure.notMeasured(WHAT, nodes.whyNot().get()));
            }
            ProjectTemplate template = nodes.cluster()
                    .template(nodes.request("model"), "benchmark", project -> nodes.distributedTable(project));
            List<Double> ours = new ArrayList<>();
            List<Double> raw = new ArrayList<>();
            try (RawCopies copies = new RawCopies(nodes)) {
                WARMING.up(1, () -> {
                    template.create("warm").drop();
                    copies.create("raw", "model");
                    copies.drop("raw");
                });
                List<Boolean> order = Shuffled.halves(ROUNDS);
                for (int round = 0; round < order.size(); round++) {
                    String name = "copy" + round;
                    Stopwatch watch = Stopwatch.start();
                    if (order.get(round)) {
                        Project project = template.create(name);
                        ours.add(watch.seconds());
                        project.drop();
                    } else {
                        copies.create(name, "model");
                        raw.add(watch.seconds());
                        copies.drop(name);
                    }
                }
            }
            return List.of(Figure.ratio(
                    WHAT,
                    new Spread(ours, "s").in("ms"),
                    "CREATE DATABASE ... TEMPLATE on three nodes at once",
                    new Spread(raw, "s").in("ms"),
                    1.5));
        }
    }
}
