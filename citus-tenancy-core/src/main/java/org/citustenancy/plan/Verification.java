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
     * Returns whether no differences were found.
     *
     * @return true if there are no findings
     */
    public boolean isClean() {
        return findings.isEmpty();
    }

    /** Returns the findings in readable form, one per line. */
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
