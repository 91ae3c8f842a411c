package org.citustenancy.internal.planning;

import java.util.List;

/**
 * The steps of one database in a plan of an operation that works in several databases.
 *
 * @param database the project in whose database the steps run that run in a project's database, otherwise the subject
 *     of the steps
 * @param steps the steps, in the order of their stages
 */
public record DatabaseSteps(String database, List<PlannedStep> steps) {

    /** Copies the list. */
    public DatabaseSteps {
        steps = List.copyOf(steps);
    }

    /**
     * Checks whether a session in the project's database is needed.
     *
     * @return false if all steps run in the maintenance database
     */
    public boolean runInProject() {
        return steps.stream().anyMatch(step -> step.stage().runsInProject());
    }
}
