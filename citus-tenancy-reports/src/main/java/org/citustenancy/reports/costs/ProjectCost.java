package org.citustenancy.reports.costs;

/**
 * A project's part of a cluster's cost.
 *
 * @param project the project
 * @param share the part, from 0 to 1
 * @param cost the amount of money
 */
public record ProjectCost(String project, double share, Money cost) {}
