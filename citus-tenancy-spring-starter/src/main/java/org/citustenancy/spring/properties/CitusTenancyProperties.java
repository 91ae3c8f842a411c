package org.citustenancy.spring.properties;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The projects of an application and the cluster they are on.
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
 * @param cluster where the cluster is, and which superuser administers it
 * @param projects the projects, by the name under which the application injects what belongs to them
 * @param primary the project of everything that is injected without a name; the only one if there is one
 * @param start what happens to the projects when the application starts
 * @param pool the settings of every pool that its project does not override
 * @param budget how many connections all pools may have together
 * @param health what the health of a project means to the application
 * @param flyway how the projects' migrations are run
 * @param liquibase how the projects' change logs are run
 * @param figures how often figures are read from the cluster
 * @param endpoint what the endpoint may do
 * @param request how a request names its project
 */
@ConfigurationProperties(prefix = CitusTenancyProperties.PREFIX, ignoreUnknownFields = false)
public record CitusTenancyProperties(
        @DefaultValue("true") boolean enabled,
        @NestedConfigurationProperty @DefaultValue ClusterProperties cluster,
        @DefaultValue Map<String, ProjectProperties> projects,
        @Nullable String primary,
        @NestedConfigurationProperty @DefaultValue StartProperties start,
        @NestedConfigurationProperty @DefaultValue PoolProperties pool,
        @NestedConfigurationProperty @DefaultValue BudgetProperties budget,
        @NestedConfigurationProperty @DefaultValue HealthProperties health,
        @NestedConfigurationProperty @DefaultValue FlywayProperties flyway,
        @NestedConfigurationProperty @DefaultValue LiquibaseProperties liquibase,
        @NestedConfigurationProperty @DefaultValue FiguresProperties figures,
        @NestedConfigurationProperty @DefaultValue EndpointProperties endpoint,
        @NestedConfigurationProperty @DefaultValue RequestProperties request) {

    /** What all names begin with. */
    public static final String PREFIX = "citus-tenancy";
}
