package org.citustenancy.reports.advice;

/** What is advised. */
public enum Verdict {
    /** Stay on the shared cluster. */
    STAY,
    /** Move to a cluster of its own. */
    MOVE
}
