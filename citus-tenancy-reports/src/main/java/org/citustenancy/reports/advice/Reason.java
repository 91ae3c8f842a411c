package org.citustenancy.reports.advice;

/**
 * The reason that one criterion yields.
 *
 * @param criterion the criterion
 * @param speaksFor the verdict that it supports
 * @param explanation the explanation, with figures
 */
public record Reason(Criterion criterion, Verdict speaksFor, String explanation) {}
