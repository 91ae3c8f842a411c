package org.citustenancy.internal.workers;

/** What a change of the workers is gone through for. */
enum Purpose {
    /** To be made. */
    CHANGE,
    /** To be shown: the same looks, checks and steps, of which none is run. */
    PLAN
}
