package org.citustenancy.spring.properties;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A project.
 *
 * @param database its database, which is its name on the cluster; the key of the project by default
 * @param users who may use it, by name; one of them owns it
 * @param user the user that the application connects as; the owner by default
 * @param connectionLimit how many sessions it may have on a node; -1 for no limit
 * @param extensions the extensions it has beside Citus
 * @param settings parameters that every session starts with, by name
 * @param adoptExisting whether an unmanaged database of that name becomes the project
 * @param pool how its pools behave, where it is not as for all projects
 * @param budget its part of the budget of connections
 */
public record ProjectProperties(
        @Nullable String database,
        @DefaultValue Map<String, UserProperties> users,
        @Nullable String user,
        @Nullable Integer connectionLimit,
        @DefaultValue List<String> extensions,
        @DefaultValue Map<String, String> settings,
        @DefaultValue("false") boolean adoptExisting,
        @NestedConfigurationProperty @DefaultValue PoolProperties pool,
        @NestedConfigurationProperty @DefaultValue ProjectBudgetProperties budget) {}
