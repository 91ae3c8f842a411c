package org.citustenancy.internal.planning;

import java.util.stream.Stream;

/** One kind of difference between what is and what should be, and the steps that end it. */
@FunctionalInterface
interface Reconciler {

    /**
     * The steps that are needed.
     *
     * @param context what is and what should be
     * @return none if there is no difference
     */
    Stream<PlannedStep> steps(PlanningContext context);
}
