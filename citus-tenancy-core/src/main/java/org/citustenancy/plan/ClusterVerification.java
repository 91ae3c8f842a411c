package org.citustenancy.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.citustenancy.errors.CitusTenancyException;
import org.citustenancy.internal.failures.FailureReasons;

/**
 * The verification of every project on every node.
 *
 * @param findings the findings that concern the cluster and therefore all projects
 * @param projects the findings of each project that could be verified, by name
 * @param failures the projects that could not be verified, with the reasons
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
     * Returns whether no differences were found.
     *
     * @return true if every project was verified, and neither the cluster nor a project has a finding
     */
    public boolean isClean() {
        return findings.isEmpty() && failures.isEmpty() && projects.stream().allMatch(Verification::isClean);
    }

    /**
     * Returns the findings in readable form: those of the cluster first, then those of each project. Each reason for a
     * failure appears once.
     */
    @Override
    public String toString() {
        return Stream.of(
                        findings.stream().map(finding -> "Cluster: " + finding),
                        projects.stream().map(Verification::toString),
                        FailureReasons.of(failures).projects().entrySet().stream()
                                .map(reason -> (reason.getValue().size() == 1 ? "Project " : "Projects ")
                                        + String.join(", ", reason.getValue()) + " could not be verified: "
                                        + reason.getKey()))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }
}
