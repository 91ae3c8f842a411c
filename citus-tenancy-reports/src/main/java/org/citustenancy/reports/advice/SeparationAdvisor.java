package org.citustenancy.reports.advice;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NotFoundException;
import org.citustenancy.statistics.ClusterFigures;
import org.citustenancy.statistics.ProjectFigures;

/**
 * Recommends which projects should stay on a shared cluster, and which should move to one of their own.
 *
 * <pre>{@code
 * new SeparationAdvisor(Thresholds.STANDARD.sizeShare(0.4))
 *         .advise(cluster.statistics().figures(), Map.of("payments", Requirements.NONE.compliance("PCI DSS")));
 * }</pre>
 */
public final class SeparationAdvisor {

    private final Thresholds thresholds;
    private final String clusterRegion;

    /**
     * Creates an advisor for a cluster whose region is irrelevant.
     *
     * @param thresholds the figures from which a project should move
     */
    public SeparationAdvisor(Thresholds thresholds) {
        this(thresholds, "");
    }

    /**
     * Creates an advisor.
     *
     * @param thresholds the figures from which a project should move
     * @param clusterRegion the region of the cluster
     */
    public SeparationAdvisor(Thresholds thresholds, String clusterRegion) {
        this.thresholds = thresholds;
        this.clusterRegion = clusterRegion;
    }

    /**
     * Returns the advice for each project. One reason to move is sufficient.
     *
     * @param figures the figures; the skew requires figures with contents
     * @param declared the requirements of projects, by their names
     * @return the advice, in the figures' order
     * @throws NotFoundException if requirements are declared for a project that is not in the figures
     */
    public List<ProjectAdvice> advise(ClusterFigures figures, Map<String, Requirements> declared) {
        Set<String> unknown = new TreeSet<>(declared.keySet());
        figures.projects().forEach(project -> unknown.remove(project.name()));
        if (!unknown.isEmpty()) {
            throw new NotFoundException(Failure.of("There are no figures of " + String.join(", ", unknown))
                    .fix("name one of "
                            + figures.projects().stream()
                                    .map(ProjectFigures::name)
                                    .collect(Collectors.joining(", "))));
        }
        MeasuredReasons measured = new MeasuredReasons(figures, thresholds);
        DeclaredReasons others = new DeclaredReasons(clusterRegion);
        return figures.projects().stream()
                .map(project -> advice(
                        project,
                        Stream.concat(
                                        measured.of(project).stream(),
                                        others.of(declared.getOrDefault(project.name(), Requirements.NONE)).stream())
                                .toList()))
                .toList();
    }

    private static ProjectAdvice advice(ProjectFigures project, List<Reason> reasons) {
        Verdict verdict =
                reasons.stream().anyMatch(reason -> reason.speaksFor() == Verdict.MOVE) ? Verdict.MOVE : Verdict.STAY;
        List<Reason> sorted = reasons.stream()
                .sorted(Comparator.comparing(reason -> reason.speaksFor() != verdict))
                .toList();
        return new ProjectAdvice(
                project.name(), verdict, sorted, !project.unanswered().isEmpty());
    }
}
