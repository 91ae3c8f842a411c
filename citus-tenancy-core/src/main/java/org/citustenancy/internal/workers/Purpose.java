package org.citustenancy.internal.workers;

/** The purpose of a run of a change of the workers. */
enum Purpose {
    /** The change is made. */
    CHANGE,
    /** The change is shown: the observations, checks and steps are the same, but no step is run. */
    PLAN
}
