package org.citustenancy.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The result of comparing a project with its desired state on every node.
 *
 * @param project the project's name
 * @param findings the differences, empty if there are none
 */
public record Verification(String project, List<Finding> findings) {

    /** Copies the list. */
    public Verification {
        findings = List.copyOf(findings);
    }

    /**
     * Whether all is well.
     *
     * @return true if nothing was found
     */
    public boolean isClean() {
        return findings.isEmpty();
    }

    /** The findings for people, one a line. */
    @Override
    public String toString() {
        return isClean()
                ? "Project \"" + project + "\": in the desired state on every node"
                : findings.stream()
                        .map(finding -> "  " + finding)
                        .collect(Collectors.joining(
                                "\n", "Project \"" + project + "\": " + findings.size() + " findings\n", ""));
    }
}
