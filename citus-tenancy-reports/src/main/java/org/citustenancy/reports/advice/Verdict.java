package org.citustenancy.reports.advice;

/** A recommendation for a project. */
public enum Verdict {
    /** Stay on the shared cluster. */
    STAY,
    /** Move to a cluster of its own. */
    MOVE
}
