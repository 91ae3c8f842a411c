package org.citustenancy.examples.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures the effect of the number of projects on an application's operations: its start, one more project, all
 * projects together. {@code -Dcitustenancy.benchmark.sizes=10,50} selects smaller clusters.
 */
final class GrowthRow implements Row {

    private static final List<Integer> SIZES = Arrays.stream(
                    System.getProperty("citustenancy.benchmark.sizes", "10,50,100,200")
                            .split(",", -1))
            .map(Integer::valueOf)
            .toList();

    @Override
    public List<Figure> measure() throws Exception {
        try (MeasuredCluster nodes = MeasuredCluster.start(2)) {
            if (nodes.whyNot().isPresent()) {
                return List.of(Figure.notMeasured(
                        "unchanged projects, verification, figures",
                        nodes.whyNot().get()));
            }
            if (PostgresPrograms.find("psql").isEmpty()) {
                return List.of(Figure.notMeasured("unchanged projects, verification, figures", "there is no psql"));
            }
            List<SizedCluster> sizes = new ArrayList<>();
            List<String> names = new ArrayList<>();
            for (int size : SIZES) {
                nodes.projects("grown" + size + "_", size - names.size()).forEach(project -> names.add(project.name()));
                sizes.add(SizedCluster.measure(nodes, names));
            }
            List<Figure> figures = new ArrayList<>();
            sizes.forEach(size -> figures.addAll(size.figures()));
            figures.addAll(growth(sizes));
            return figures;
        }
    }

    private static List<Figure> growth(List<SizedCluster> sizes) {
        return List.of(
                Growth.of("a new project", sizes, SizedCluster::newProject),
                Growth.of("unchanged projects at start", sizes, SizedCluster::unchanged),
                Growth.of("verify() of all projects", sizes, SizedCluster::verified),
                Growth.of("figures of all projects", sizes, SizedCluster::figuresRead));
    }
}
