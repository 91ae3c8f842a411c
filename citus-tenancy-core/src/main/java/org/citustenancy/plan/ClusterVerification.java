package org.citustenancy.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.errors.Failure;
import org.citustenancy.errors.NodeUnreachableException;

/**
 * What every node said of every project.
 *
 * @param findings what was found in the cluster and concerns all projects alike
 * @param projects what was found in each project that could be verified, by name
 * @param failures the projects that could not be verified, and why
 */
public record ClusterVerification(
        List<Finding> findings, List<Verification> projects, Map<String, CitusTenancyException> failures) {

    /** Copies the collections. */
    public ClusterVerification {
        findings = List.copyOf(findings);
        projects = List.copyOf(projects);
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
    }

    /**
     * Whether all is well everywhere.
     *
     * @return true if every project was verified and nothing was found, in the cluster either
     */
    public boolean isClean() {
        return findings.isEmpty() && failures.isEmpty() && projects.stream().allMatch(Verification::isClean);
    }

    /** The findings for people, those of the cluster first, then project by project. What failed for the same reason is said once. */
    @Override
    public String toString() {
        Map<String, List<String>> projectsByReason = new LinkedHashMap<>();
        failures.forEach((project, failure) -> projectsByReason
                .computeIfAbsent(reason(failure), first -> new ArrayList<>())
                .add("\"" + project + "\""));
        return Stream.of(
                        findings.stream().map(finding -> "Cluster: " + finding),
                        projects.stream().map(Verification::toString),
                        projectsByReason.entrySet().stream()
                                .map(reason -> (reason.getValue().size() == 1 ? "Project " : "Projects ")
                                        + String.join(", ", reason.getValue()) + " could not be verified: "
                                        + reason.getKey()))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    /** A node that does not answer is the same reason in whatever database and by whatever words it was noticed. */
    private static String reason(CitusTenancyException failure) {
        Failure all = failure.failure();
        return failure instanceof NodeUnreachableException && all.where().node().isPresent()
                ? "the " + all.where().node().get() + " does not answer; " + all.fix()
                : String.valueOf(failure.getMessage());
    }
}
