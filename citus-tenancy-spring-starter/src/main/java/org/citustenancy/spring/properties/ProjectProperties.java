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
 * @param users its users, by name; one of them is the owner
 * @param user the user that the application connects as; the owner by default
 * @param connectionLimit the maximum number of sessions on a node; -1 for no limit
 * @param extensions its extensions in addition to Citus
 * @param settings parameters that every session starts with, by name
 * @param adoptExisting whether an unmanaged database of that name becomes the project
 * @param distribution rules for the distribution of its tables; without them, migrations distribute the tables
 * @param pool the settings of its pools that override those of all pools
 * @param budget its share of the budget of connections
 * @param jpa the entities that it alone has
 */
public record ProjectProperties(
        @Nullable String database,
        @DefaultValue Map<String, UserProperties> users,
        @Nullable String user,
        @Nullable Integer connectionLimit,
        @DefaultValue List<String> extensions,
        @DefaultValue Map<String, String> settings,
        @DefaultValue("false") boolean adoptExisting,
        @NestedConfigurationProperty @Nullable DistributionProperties distribution,
        @NestedConfigurationProperty @DefaultValue PoolProperties pool,
        @NestedConfigurationProperty @DefaultValue ProjectBudgetProperties budget,
        @NestedConfigurationProperty @DefaultValue ProjectJpaProperties jpa) {}
