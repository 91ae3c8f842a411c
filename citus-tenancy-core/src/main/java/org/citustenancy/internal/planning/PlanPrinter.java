package org.citustenancy.internal.planning;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.citustenancy.internal.sql.Sql;
import org.citustenancy.plan.ProvisioningPlan;
import org.citustenancy.plan.Step;

/** Converts steps that can be run to steps that can be shown. */
public final class PlanPrinter {

    private PlanPrinter() {}

    /**
     * Returns a plan to show.
     *
     * @param maintenanceDatabase the name of the maintenance database
     * @return the same steps without secrets and without the parts that only a run needs
     */
    public static ProvisioningPlan show(String project, String maintenanceDatabase, List<PlannedStep> steps) {
        return new ProvisioningPlan(
                project,
                IntStream.range(0, steps.size())
                        .mapToObj(index -> show(project, maintenanceDatabase, index + 1, steps.get(index)))
                        .toList());
    }

    /**
     * Returns a plan to show, of steps in several databases.
     *
     * @param name the subject of the plan
     * @param maintenanceDatabase the name of the maintenance database
     * @return the same steps, numbered from the first to the last
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
