package org.citustenancy.internal.verifying;

import java.util.List;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.Stage;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;

/** Whatever would have to be done is a finding. */
public final class StepFindings {

    private StepFindings() {}

    /**
     * The findings that steps stand for.
     *
     * @param steps what would have to be done
     * @return a finding per step
     */
    public static List<Finding> of(List<PlannedStep> steps) {
        return steps.stream().map(StepFindings::finding).toList();
    }

    private static Finding finding(PlannedStep step) {
        Severity severity = step.stage() == Stage.EXTENSIONS ? Severity.WARNING : Severity.SEVERE;
        return new Finding(
                severity,
                step.node().toString(),
                "not as asked for; what is needed: " + step.description(),
                "repair() does it");
    }
}
