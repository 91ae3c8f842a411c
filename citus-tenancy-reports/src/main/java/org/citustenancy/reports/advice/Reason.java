package org.citustenancy.reports.advice;

/**
 * What one criterion says.
 *
 * @param criterion the criterion
 * @param speaksFor what it speaks for
 * @param explanation why, with figures
 */
public record Reason(Criterion criterion, Verdict speaksFor, String explanation) {}
