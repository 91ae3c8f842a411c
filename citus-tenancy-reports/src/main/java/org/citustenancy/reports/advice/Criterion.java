package org.citustenancy.reports.advice;

/** The criteria for giving a project a cluster of its own. */
public enum Criterion {
    /** Its share of the bytes of all projects. */
    SIZE,
    /** Its share of the sessions that a node allows. */
    CONNECTIONS,
    /** Its share of the transactions of all projects. */
    COMMITS,
    /** The ratio of its fullest node to the average of its nodes. */
    SKEW,
    /** The project is very critical. */
    CRITICAL,
    /** The project needs resources of its own. */
    ISOLATION,
    /** The project must be in another region. */
    REGION,
    /** The project is under strict regulations. */
    COMPLIANCE
}
