package org.citustenancy.reports.advice;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.DatabaseCounters;
import org.citustenancy.statistics.NodeFigures;
import org.citustenancy.statistics.ProjectContents;
import org.citustenancy.statistics.ProjectFigures;
import org.citustenancy.statistics.Total;

/** The reasons from the measured criteria. A criterion without figures yields no reason. */
final class MeasuredReasons {

    private final ClusterFigures figures;
    private final Thresholds thresholds;

    MeasuredReasons(ClusterFigures figures, Thresholds thresholds) {
        this.figures = figures;
        this.thresholds = thresholds;
    }

    List<Reason> of(ProjectFigures project) {
        List<Reason> reasons = new ArrayList<>();
        share(Criterion.SIZE, project, thresholds.sizeShare(), "bytes of all projects", each -> each.size()
                        .map(Total::value))
                .ifPresent(reasons::add);
        connections(project).ifPresent(reasons::add);
        share(
                        Criterion.COMMITS,
                        project,
                        thresholds.commitShare(),
                        "transactions of all projects",
                        each -> each.counters().map(DatabaseCounters::commits))
                .ifPresent(reasons::add);
        skew(project).ifPresent(reasons::add);
        return reasons;
    }

    /** A single project does not share its resources: its share is no reason to move. */
    private Optional<Reason> share(
            Criterion criterion,
            ProjectFigures project,
            double threshold,
            String whole,
            Function<ProjectFigures, Optional<Long>> figure) {
        long sum = figures.projects().stream()
                .flatMap(each -> figure.apply(each).stream())
                .mapToLong(Long::longValue)
                .sum();
        if (figures.projects().size() < 2 || sum == 0) {
            return Optional.empty();
        }
        return figure.apply(project).map(value -> {
            double share = (double) value / sum;
            return reason(
                    criterion,
                    share >= threshold,
                    "it has " + percent(share) + " of the " + whole + " (" + value + " of " + sum
                            + "; the threshold is " + percent(threshold) + ")");
        });
    }

    private Optional<Reason> connections(ProjectFigures project) {
        Optional<Reason> greatest = Optional.empty();
        double most = -1;
        for (NodeFigures node : figures.nodes()) {
            int allowed = node.maxConnections() - node.reservedConnections();
            int used =
                    project.on(node.node()).map(part -> part.sessions().seen()).orElse(0);
            double share = allowed > 0 ? (double) used / allowed : 0;
            if (share > most) {
                most = share;
                greatest = Optional.of(reason(
                        Criterion.CONNECTIONS,
                        share >= thresholds.connectionShare(),
                        "it has " + percent(share) + " of the sessions of " + node.node() + " (" + used + " of "
                                + allowed + "; the threshold is " + percent(thresholds.connectionShare()) + ")"));
            }
        }
        return greatest;
    }

    private Optional<Reason> skew(ProjectFigures project) {
        OptionalDouble skew = project.contents().map(ProjectContents::nodeSkew).orElse(OptionalDouble.empty());
        return skew.isEmpty()
                ? Optional.empty()
                : Optional.of(reason(
                        Criterion.SKEW,
                        skew.getAsDouble() >= thresholds.skew(),
                        String.format(
                                Locale.ROOT,
                                "its fullest node has %.2f times the average of its nodes (the threshold is %.2f)",
                                skew.getAsDouble(),
                                thresholds.skew())));
    }

    private static Reason reason(Criterion criterion, boolean reached, String explanation) {
        return new Reason(criterion, reached ? Verdict.MOVE : Verdict.STAY, explanation);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
