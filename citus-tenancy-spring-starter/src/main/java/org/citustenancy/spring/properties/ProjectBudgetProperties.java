package org.citustenancy.spring.properties;

import org.jspecify.annotations.Nullable;

/**
 * A project's part of the budget.
 *
 * @param guaranteed how many connections are kept for it, whatever the others want
 * @param limit how many it may have over all its users
 */
public record ProjectBudgetProperties(
        @Nullable Integer guaranteed, @Nullable Integer limit) {}
