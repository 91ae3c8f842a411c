package org.citustenancy.internal.verifying;

import java.util.ArrayList;
import java.util.List;
import org.citustenancy.errors.Failure;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.internal.planning.ProjectPlanner;
import org.citustenancy.internal.planning.Situation;
import org.citustenancy.internal.planning.Stage;
import org.citustenancy.plan.Finding;
import org.citustenancy.plan.Severity;

/** Whatever would have to be done is a finding, and so is what stands in its way. */
public final class StepFindings {

    private StepFindings() {}

    /**
     * Everything that is not as it should be, whether steps would mend it or not.
     *
     * @param situation what is and what should be
     * @return a finding per step that would have to be run, and per refusal to plan one
     */
    public static List<Finding> in(Situation situation) {
        List<Finding> findings = new ArrayList<>();
        List<PlannedStep> steps =
                new ProjectPlanner().plan(situation, refusal -> findings.add(finding(refusal.failure())));
        findings.addAll(of(steps));
        return findings;
    }

    private static Finding finding(Failure refusal) {
        return new Finding(Severity.SEVERE, refusal.where().node().orElse("cluster"), refusal.what(), refusal.action());
    }

    private static List<Finding> of(List<PlannedStep> steps) {
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
