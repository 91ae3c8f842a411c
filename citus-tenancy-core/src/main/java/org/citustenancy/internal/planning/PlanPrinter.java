package org.citustenancy.internal.planning;

import java.util.List;
import java.util.stream.IntStream;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.Step;

/** From steps that can be run to steps that can be shown. */
public final class PlanPrinter {

    private PlanPrinter() {}

    /**
     * A plan to show.
     *
     * @param project the project's name
     * @param maintenanceDatabase where administration connects
     * @param steps the steps
     * @return the same without what only running needs, and without secrets
     */
    public static ProvisioningPlan show(String project, String maintenanceDatabase, List<PlannedStep> steps) {
        return new ProvisioningPlan(
                project,
                IntStream.range(0, steps.size())
                        .mapToObj(index -> show(project, maintenanceDatabase, index + 1, steps.get(index)))
                        .toList());
    }

    private static Step show(String project, String maintenanceDatabase, int number, PlannedStep step) {
        return new Step(
                number,
                step.node(),
                step.stage().runsInProject() ? project : maintenanceDatabase,
                step.description(),
                Sql.text(step.work().shown()),
                step.onlyIfBlocked().isPresent());
    }
}
