package org.citustenancy.spring.properties;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The number of connections that all pools of this process may have together.
 *
 * @param connections the maximum number of connections; unlimited by default
 * @param instances the number of instances of the application that each have this budget
 */
public record BudgetProperties(
        @Nullable Integer connections, @DefaultValue("1") int instances) {}
