package org.citustenancy.reports.costs;

import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * Compares the cost of one cluster for all projects with the cost of one cluster for each.
 *
 * <pre>{@code
 * new CostComparison(Money.of("120", "USD"), 3).saving();   // 240.00 USD a month
 * }</pre>
 *
 * @param monthly the monthly cost of a cluster
 * @param projects the number of projects
 */
public record CostComparison(Money monthly, int projects) {

    /** Rejects fewer than one project. */
    public CostComparison {
        if (projects < 1) {
            throw new InvalidRequestException(Failure.of("There is nothing to compare for " + projects + " projects")
                    .fix("give at least 1"));
        }
    }

    /**
     * Returns the monthly cost of one cluster for all projects.
     *
     * @return the price of one
     */
    public Money shared() {
        return monthly;
    }

    /**
     * Returns the monthly cost of one cluster for each project.
     *
     * @return the price of as many as there are projects
     */
    public Money separate() {
        return monthly.times(projects);
    }

    /**
     * Returns the monthly saving of a shared cluster.
     *
     * @return the difference
     */
    public Money saving() {
        return separate().minus(shared());
    }
}
