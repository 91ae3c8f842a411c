package org.citustenancy.internal.planning;

import java.util.List;

/**
 * Steps of one plan of an operation that works in several databases.
 *
 * @param database the project in whose database those run that run in a project's, else what the steps are about
 * @param steps the steps, in the order of their stages
 */
public record DatabaseSteps(String database, List<PlannedStep> steps) {

    /** Copies the list. */
    public DatabaseSteps {
        steps = List.copyOf(steps);
    }

    /**
     * Whether a session in the project's database is needed.
     *
     * @return false if all of them run in the maintenance database
     */
    public boolean runInProject() {
        return steps.stream().anyMatch(step -> step.stage().runsInProject());
    }
}
