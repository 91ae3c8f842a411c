package org.citustenancy.reports.advice;

/** The criteria for giving a project a cluster of its own. */
public enum Criterion {
    /** The project's share of the bytes of all projects. */
    SIZE,
    /** The project's share of the sessions that a node allows. */
    CONNECTIONS,
    /** The project's share of the transactions of all projects. */
    COMMITS,
    /** The ratio of the project's fullest node to the average of its nodes. */
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
