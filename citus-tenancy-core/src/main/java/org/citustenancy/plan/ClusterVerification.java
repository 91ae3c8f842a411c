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
 * @param projects the findings of each project that could be verified, by name; of unchanged ones those of their last
 *     verification
 * @param failures the projects that could not be verified, with the reasons
 * @param unchanged the suspended projects that were not looked at inside, because nothing has changed since a
 *     verification found nothing wrong; none after {@link org.citustenancy.CitusCluster#verifyThoroughly()}
 */
public record ClusterVerification(
        List<Finding> findings,
        List<Verification> projects,
        Map<String, CitusTenancyException> failures,
        List<String> unchanged) {

    /** Copies the collections. */
    public ClusterVerification {
        findings = List.copyOf(findings);
        projects = List.copyOf(projects);
        failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
        unchanged = List.copyOf(unchanged);
    }

    /**
     * Returns whether no differences were found.
     *
     * @return true if every project was verified or is unchanged, and neither the cluster nor a project has a finding
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
                                        + reason.getKey()),
                        Stream.of("Suspended, and unchanged since a verification found nothing wrong: "
                                        + unchanged.size() + " projects")
                                .filter(line -> !unchanged.isEmpty()))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }
}
