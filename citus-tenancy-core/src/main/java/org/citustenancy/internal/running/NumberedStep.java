package org.citustenancy.internal.running;

import org.citustenancy.errors.Place;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.plan.Step;

/**
 * A step to run, and the same step to show.
 *
 * @param planned the step to run
 * @param shown the step to show
 */
public record NumberedStep(PlannedStep planned, Step shown) {

    Place place() {
        return Place.unknown().on(shown.node()).in(shown.database()).at(shown.description());
    }
}
