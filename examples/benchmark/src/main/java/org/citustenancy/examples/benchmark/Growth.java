package org.citustenancy.examples.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Measures how a cost grows with the number of projects. */
final class Growth {

    private Growth() {}

    /**
     * Returns a line of the table that ends with the exponent: 0 for constant cost, 1 for cost proportional to the
     * number of projects.
     */
    static Figure of(String what, List<SizedCluster> sizes, Function<SizedCluster, Spread> cost) {
        SizedCluster first = sizes.get(0);
        SizedCluster last = sizes.get(sizes.size() - 1);
        String costs = sizes.stream()
                .map(size -> String.format(
                        Locale.ROOT,
                        "%d: %.3f s",
                        size.projects(),
                        cost.apply(size).median()))
                .collect(Collectors.joining(", "));
        double exponent = Math.log(cost.apply(last).median() / cost.apply(first).median())
                / Math.log((double) last.projects() / first.projects());
        return new Figure(
                what + ", by the number of projects",
                costs,
                String.format(Locale.ROOT, "the projects to the power of %.2f", exponent),
                OptionalDouble.empty(),
                "",
                Optional.empty());
    }
}
