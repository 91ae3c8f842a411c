package org.citustenancy.spring.properties;

import java.util.Map;
import org.citustenancy.hikari.nodes.NodeSpread;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The projects of an application and their cluster.
 *
 * <pre>{@code
 * citus-tenancy:
 *   cluster:
 *     host: citus-master
 *     password-file: /run/secrets/citus_admin
 *   projects:
 *     app:
 *       database: app_production
 *       users:
 *         app_user:
 *           password-file: /run/secrets/app_user
 *   primary: app
 * }</pre>
 *
 * @param enabled whether the starter is enabled
 * @param cluster the address of the cluster, and the superuser that administers it
 * @param projects the projects, by the name under which the application injects their beans
 * @param primary the project of beans that are injected without a name; by default a single project, unless the
 * application has a data source of its own
 * @param job the work after which the application ends; by default it does not end
 * @param start the handling of the projects when the application starts
 * @param pool the settings of every pool that its project does not override
 * @param spread the nodes over which the connections of pools are distributed
 * @param readPool the pools of read-only transactions
 * @param budget the number of connections that all pools may have together
 * @param health the effect of a project's health on the application
 * @param flyway the projects' migrations with Flyway
 * @param liquibase the projects' change logs with Liquibase
 * @param figures how often figures are read from the cluster
 * @param endpoint the permitted operations of the endpoint
 * @param failover whether the application follows failovers of the cluster's servers
 * @param autosuspend whether the application suspends unused projects
 * @param request how a request names its project
 */
@ConfigurationProperties(prefix = CitusTenancyProperties.PREFIX, ignoreUnknownFields = false)
public record CitusTenancyProperties(
        @DefaultValue("true") boolean enabled,
        @NestedConfigurationProperty @DefaultValue ClusterProperties cluster,
        @DefaultValue Map<String, ProjectProperties> projects,
        @Nullable String primary,
        @Nullable Job job,
        @NestedConfigurationProperty @DefaultValue StartProperties start,
        @NestedConfigurationProperty @DefaultValue PoolProperties pool,
        @DefaultValue("coordinator") NodeSpread spread,
        @NestedConfigurationProperty @DefaultValue ReadPoolProperties readPool,
        @NestedConfigurationProperty @DefaultValue BudgetProperties budget,
        @NestedConfigurationProperty @DefaultValue HealthProperties health,
        @NestedConfigurationProperty @DefaultValue FlywayProperties flyway,
        @NestedConfigurationProperty @DefaultValue LiquibaseProperties liquibase,
        @NestedConfigurationProperty @DefaultValue FiguresProperties figures,
        @NestedConfigurationProperty @DefaultValue EndpointProperties endpoint,
        @NestedConfigurationProperty @DefaultValue FailoverProperties failover,
        @NestedConfigurationProperty @DefaultValue AutosuspendProperties autosuspend,
        @NestedConfigurationProperty @DefaultValue RequestProperties request) {

    /** The prefix of all property names. */
    public static final String PREFIX = "citus-tenancy";
}
