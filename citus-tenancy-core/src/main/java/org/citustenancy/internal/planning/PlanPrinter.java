package org.citustenancy.internal.planning;

import java.util.Collection;
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
     * @param maintenanceDatabase where administration connects
     * @return the same without what only running needs, and without secrets
     */
    public static ProvisioningPlan show(String project, String maintenanceDatabase, List<PlannedStep> steps) {
        return new ProvisioningPlan(
                project,
                IntStream.range(0, steps.size())
                        .mapToObj(index -> show(project, maintenanceDatabase, index + 1, steps.get(index)))
                        .toList());
    }

    /**
     * A plan to show of steps in several databases.
     *
     * @param name what the plan is about
     * @param maintenanceDatabase where administration connects
     * @return the same, numbered from the first to the last
     */
    public static ProvisioningPlan showAll(String name, String maintenanceDatabase, Collection<DatabaseSteps> parts) {
        List<Step> steps = parts.stream()
                .flatMap(part -> show(part.database(), maintenanceDatabase, part.steps()).steps().stream())
                .toList();
        return new ProvisioningPlan(
                name,
                IntStream.range(0, steps.size())
                        .mapToObj(index -> steps.get(index).numbered(index + 1))
                        .toList());
    }

    private static Step show(String project, String maintenanceDatabase, int number, PlannedStep step) {
        return new Step(
                number,
                step.node(),
                step.stage().runsInProject() ? project : maintenanceDatabase,
                step.description(),
                step.fault(),
                Sql.text(step.work().shown()),
                step.onlyIfBlocked().isPresent());
    }
}
