package org.citustenancy.internal.running;

import org.citustenancy.errors.Place;
import org.citustenancy.internal.planning.PlannedStep;
import org.citustenancy.plan.Step;

/**
 * A step as it is run and as it is shown.
 *
 * @param planned to run
 * @param shown to show
 */
public record NumberedStep(PlannedStep planned, Step shown) {

    Place place() {
        return Place.unknown().on(shown.node()).in(shown.database()).at(shown.description());
    }
}
