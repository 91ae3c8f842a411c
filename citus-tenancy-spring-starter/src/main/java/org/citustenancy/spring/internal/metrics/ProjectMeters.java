package org.citustenancy.spring.internal.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.citustenancy.capacity.Capacity;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.figures.FiguresCache;
import org.citustenancy.spring.internal.figures.Snapshot;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.statistics.Total;

/**
 * Registers meters of the size, connections and shards of each project. The value of the tag {@code project} is the
 * project's database. Unknown figures are NaN.
 */
public final class ProjectMeters implements MeterBinder {

    /** The tag of the sum of all projects without meters of their own. */
    public static final String OTHERS = "(others)";

    private final List<ProjectDefinition> projects;
    private final ProjectStart start;
    private final FiguresCache figures;
    private final int maxProjects;

    /**
     * Creates meters that are not yet in a registry.
     *
     * @param start the outcome of their start
     * @param maxProjects the number of projects that have meters of their own
     */
    public ProjectMeters(Definitions definitions, ProjectStart start, FiguresCache figures, int maxProjects) {
        this.projects = definitions.projects();
        this.start = start;
        this.figures = figures;
        this.maxProjects = maxProjects;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        projects.stream().limit(maxProjects).forEach(project -> meters(registry, project.database(), List.of(project)));
        if (projects.size() > maxProjects) {
            meters(registry, OTHERS, projects.subList(maxProjects, projects.size()));
        }
        gauge(registry, "citustenancy.nodes.unanswered", "Nodes that did not answer", snapshot -> snapshot.figures()
                .map(ClusterFigures::unanswered)
                .map(List::size));
        gauge(registry, "citustenancy.cluster.room", "How many more projects fit", snapshot -> snapshot.capacity()
                .map(Capacity::moreProjects));
    }

    private void meters(MeterRegistry registry, String tag, List<ProjectDefinition> some) {
        Gauge.builder("citustenancy.project.size", () -> sum(some, ProjectFigures::size))
                .description("Bytes on disk over all nodes that answered")
                .baseUnit("bytes")
                .tag("project", tag)
                .register(registry);
        Gauge.builder("citustenancy.project.connections", () -> sum(some, ProjectFigures::connections))
                .description("Sessions over all nodes that answered, of whichever application")
                .tag("project", tag)
                .register(registry);
        if (!tag.equals(OTHERS)) {
            Gauge.builder("citustenancy.project.shards", () -> shards(some.get(0)))
                    .description("Placements of shards over all nodes")
                    .tag("project", tag)
                    .register(registry);
        }
        Gauge.builder("citustenancy.project.ready", () -> some.stream()
                        .filter(project -> start.failure(project.key()).isEmpty())
                        .count())
                .description("How many projects were had at the start or since")
                .tag("project", tag)
                .register(registry);
    }

    private double sum(List<ProjectDefinition> some, Function<ProjectFigures, Optional<Total>> figure) {
        Snapshot snapshot = figures.latest();
        OptionalDouble sum = some.stream()
                .flatMap(project ->
                        snapshot.figures().flatMap(all -> all.project(project.database())).flatMap(figure).stream())
                .mapToDouble(Total::value)
                .reduce(Double::sum);
        return sum.orElse(Double.NaN);
    }

    private double shards(ProjectDefinition project) {
        Long known = figures.latest().shards().get(project.database());
        return known == null ? Double.NaN : known;
    }

    private void gauge(
            MeterRegistry registry, String name, String description, Function<Snapshot, Optional<Integer>> value) {
        Gauge.builder(name, () -> value.apply(figures.latest())
                        .map(Integer::doubleValue)
                        .orElse(Double.NaN))
                .description(description)
                .register(registry);
    }
}
