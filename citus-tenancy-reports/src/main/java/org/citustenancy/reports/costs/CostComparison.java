package org.citustenancy.reports.costs;

import org.citustenancy.errors.Failure;
import org.citustenancy.errors.InvalidRequestException;

/**
 * One cluster for all projects against one for each.
 *
 * <pre>{@code
 * new CostComparison(Money.of("120", "USD"), 3).saving();   // 240.00 USD a month
 * }</pre>
 *
 * @param monthly what a cluster costs a month
 * @param projects how many projects there are
 */
public record CostComparison(Money monthly, int projects) {

    /** Refuses fewer than one project. */
    public CostComparison {
        if (projects < 1) {
            throw new InvalidRequestException(Failure.of("There is nothing to compare for " + projects + " projects")
                    .fix("give at least 1"));
        }
    }

    /**
     * What one cluster for all costs a month.
     *
     * @return the price of one
     */
    public Money shared() {
        return monthly;
    }

    /**
     * What a cluster for each costs a month.
     *
     * @return the price of as many as there are projects
     */
    public Money separate() {
        return monthly.times(projects);
    }

    /**
     * What sharing saves a month.
     *
     * @return the difference
     */
    public Money saving() {
        return separate().minus(shared());
    }
}
