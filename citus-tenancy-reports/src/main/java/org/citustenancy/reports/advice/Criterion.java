package org.citustenancy.reports.advice;

/** The criteria for giving a project a cluster of its own. */
public enum Criterion {
    /** Its share of the bytes of all projects. */
    SIZE,
    /** Its share of the sessions that a node allows. */
    CONNECTIONS,
    /** Its share of the transactions of all projects. */
    COMMITS,
    /** How much fuller one node is with it than the others. */
    SKEW,
    /** It is very critical. */
    CRITICAL,
    /** It needs resources of its own. */
    ISOLATION,
    /** It must be in another region. */
    REGION,
    /** It is under strict regulations. */
    COMPLIANCE
}
