package org.citustenancy.spring.properties;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many connections all pools of this process may have together.
 *
 * @param connections the maximum number of connections; unlimited by default
 * @param instances how many instances of the application have this budget, each for itself
 */
public record BudgetProperties(
        @Nullable Integer connections, @DefaultValue("1") int instances) {}
