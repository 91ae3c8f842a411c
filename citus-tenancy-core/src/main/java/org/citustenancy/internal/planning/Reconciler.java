package org.citustenancy.internal.planning;

import java.util.stream.Stream;

/** Compares one kind of object in the observed and the desired state, and returns the steps that end the difference. */
@FunctionalInterface
interface Reconciler {

    /**
     * Returns the steps that are needed.
     *
     * @param context the observed and the desired state
     * @return none if there is no difference
     */
    Stream<PlannedStep> steps(PlanningContext context);
}
