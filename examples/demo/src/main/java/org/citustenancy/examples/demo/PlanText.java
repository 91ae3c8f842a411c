package org.citustenancy.examples.demo;

import java.util.HashMap;
import java.util.Map;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.Step;

/** Shows a plan: one line for each step, followed by its SQL unless an earlier step has the same. */
record PlanText(ProvisioningPlan plan) {

    private static final String NUMBER_INDENT = "   ";
    private static final String SQL_INDENT = " ".repeat(11);

    void print(Console console) {
        if (plan.isEmpty()) {
            console.paragraph(plan.project() + ": nothing to do");
            return;
        }
        console.paragraph(plan.project() + ": " + plan.steps().size() + " steps");
        Map<String, Integer> shown = new HashMap<>();
        for (Step step : plan.steps()) {
            console.wrapped(step.toString(), NUMBER_INDENT, SQL_INDENT);
            Integer same = shown.putIfAbsent(step.sql(), step.number());
            console.wrapped(same == null ? step.sql() : "(as in step " + same + ")", SQL_INDENT, SQL_INDENT + "  ");
        }
        console.emptyLine();
    }
}
