package org.citustenancy.spring.properties;

import org.jspecify.annotations.Nullable;

/**
 * A project's share of the budget.
 *
 * @param guaranteed how many connections are reserved for it, regardless of the demand of the others
 * @param limit how many it may have over all its users
 */
public record ProjectBudgetProperties(
        @Nullable Integer guaranteed, @Nullable Integer limit) {}
