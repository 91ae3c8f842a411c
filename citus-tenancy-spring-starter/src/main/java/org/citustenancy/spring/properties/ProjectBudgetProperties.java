package org.citustenancy.spring.properties;

import org.jspecify.annotations.Nullable;

/**
 * A project's share of the budget.
 *
 * @param guaranteed the number of connections that are reserved for it, regardless of the demand of the others
 * @param limit the maximum number of connections over all its users
 */
public record ProjectBudgetProperties(
        @Nullable Integer guaranteed, @Nullable Integer limit) {}
