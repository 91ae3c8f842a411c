package org.citustenancy.reports.costs;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.statistics.Total;

/**
 * Divides the cost of a shared cluster among its projects, to the last cent.
 *
 * <pre>{@code
 * CostShares.of(cluster.statistics().overview(), Money.of("120", "USD"), new Weights(70, 30)).projects();
 * }</pre>
 *
 * @param projects each project's part; together they are the whole cost
 * @param partial whether figures of nodes that did not respond are missing
 */
public record CostShares(List<ProjectCost> projects, boolean partial) {

    /** Copies the list. */
    public CostShares {
        projects = List.copyOf(projects);
    }

    /**
     * Divides the cost by the current usage of the projects. If no project uses any weighted resource, all pay the
     * same.
     *
     * @param figures the figures of the projects
     * @param cost the cost of the cluster
     * @param weights the weights of size and connections
     * @return each project's part; empty if there is no project
     * @throws InvalidRequestException if a weighted figure is not readable
     */
    public static CostShares of(ClusterFigures figures, Money cost, Weights weights) {
        List<ProjectFigures> projects = figures.projects();
        List<Double> sizes = weights.size() == 0 ? nothing(projects) : shares(projects, "size", ProjectFigures::size);
        List<Double> connections = weights.connections() == 0
                ? nothing(projects)
                : shares(projects, "connections", ProjectFigures::connections);
        List<Double> mixed = IntStream.range(0, projects.size())
                .mapToObj(i -> weights.sizePart() * sizes.get(i) + (1 - weights.sizePart()) * connections.get(i))
                .toList();
        List<BigInteger> units = divide(cost.amount().unscaledValue(), mixed);
        List<ProjectCost> costs = IntStream.range(0, projects.size())
                .mapToObj(i -> new ProjectCost(
                        projects.get(i).name(),
                        mixed.get(i),
                        new Money(new BigDecimal(units.get(i), cost.amount().scale()), cost.currency())))
                .toList();
        boolean partial = !figures.unanswered().isEmpty()
                || projects.stream().anyMatch(project -> !project.unanswered().isEmpty());
        return new CostShares(costs, partial);
    }

    /** A figure of a project, absent if it is not readable. */
    @FunctionalInterface
    private interface Figure {
        Optional<Total> of(ProjectFigures project);
    }

    private static List<Double> nothing(List<ProjectFigures> projects) {
        return projects.stream().map(project -> 0.0).toList();
    }

    private static List<Double> shares(List<ProjectFigures> projects, String name, Figure figure) {
        List<Long> values = projects.stream()
                .map(project -> figure.of(project)
                        .map(Total::value)
                        .orElseThrow(() -> new InvalidRequestException(
                                Failure.of("The " + name + " of \"" + project.name() + "\" may not be seen")
                                        .fix("ask for the figures in the name of the admin"))))
                .toList();
        double sum = values.stream().mapToLong(Long::longValue).sum();
        return values.stream()
                .map(value -> sum == 0 ? 1.0 / projects.size() : value / sum)
                .toList();
    }

    /** Divides by the largest remainders, so that the sum of the parts is exactly the whole. */
    private static List<BigInteger> divide(BigInteger whole, List<Double> shares) {
        List<BigDecimal> exact = shares.stream()
                .map(share -> new BigDecimal(whole).multiply(BigDecimal.valueOf(share)))
                .toList();
        List<BigInteger> parts = new ArrayList<>(exact.stream()
                .map(part -> part.setScale(0, RoundingMode.FLOOR).toBigInteger())
                .toList());
        int left = whole.subtract(parts.stream().reduce(BigInteger.ZERO, BigInteger::add))
                .intValueExact();
        List<Integer> byRemainder = IntStream.range(0, parts.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> exact.get(i).subtract(new BigDecimal(parts.get(i))))
                        .reversed())
                .toList();
        for (int i = 0; i < Math.min(left, byRemainder.size()); i++) {
            parts.set(byRemainder.get(i), parts.get(byRemainder.get(i)).add(BigInteger.ONE));
        }
        return parts;
    }
}
