package org.citustenancy.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What has to be done to a project, and nothing that need not. Printing it shows the reason for each statement, where it has one, and the statement under its description.
 *
 * <pre>{@code
 * ProvisioningPlan plan = cluster.project("analytics").withUser("analytics_user").plan();
 * if (plan.isEmpty()) {
 *     System.out.println("nothing to do");
 * }
 * }</pre>
 *
 * @param project the project's name
 * @param steps the statements in their order; neighbours on different nodes may run at the same time
 */
public record ProvisioningPlan(String project, List<Step> steps) {

    private static final String INDENT = "\n        ";

    /** Copies the list. */
    public ProvisioningPlan {
        steps = List.copyOf(steps);
    }

    /**
     * Whether the project has the desired state already.
     *
     * @return true if there is nothing to do
     */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** The plan for people. */
    @Override
    public String toString() {
        if (isEmpty()) {
            return "Project \"" + project + "\": nothing to do";
        }
        return steps.stream()
                .map(ProvisioningPlan::lines)
                .collect(Collectors.joining("\n", "Project \"" + project + "\": " + steps.size() + " steps\n", ""));
    }

    private static String lines(Step step) {
        String because = step.because().isEmpty() ? "" : INDENT + "because: " + step.because();
        return "  " + step + because + INDENT + step.sql().strip().replace("\n", INDENT);
    }
}
