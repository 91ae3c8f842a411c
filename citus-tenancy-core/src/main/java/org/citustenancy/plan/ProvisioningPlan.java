package org.citustenancy.plan;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The steps that a project needs to reach its desired state. Its text contains the description of each step, the reason
 * if there is one, and the statement.
 *
 * <pre>{@code
 * ProvisioningPlan plan = cluster.project("analytics").withUser("analytics_user").plan();
 * if (plan.isEmpty()) {
 *     System.out.println("nothing to do");
 * }
 * }</pre>
 *
 * @param project the project's name
 * @param steps the statements in their order; adjacent statements on different nodes may run at the same time
 */
public record ProvisioningPlan(String project, List<Step> steps) {

    private static final String INDENT = "\n        ";

    /** Copies the list. */
    public ProvisioningPlan {
        steps = List.copyOf(steps);
    }

    /**
     * Returns whether the project already has the desired state.
     *
     * @return true if the plan has no steps
     */
    public boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Returns the plan in readable form. */
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
