package org.citustenancy.spring.autoconfigure;

import java.util.Optional;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.health.ProjectsHealth;
import org.citustenancy.spring.internal.services.ClusterServices;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/** Configures the health of each project, of the nodes and of the failover monitor, which replaces Spring Boot's health of a single data source. */
@AutoConfiguration(
        after = CitusTenancyAutoConfiguration.class,
        beforeName = "org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration")
@Conditional(OnConfiguredCluster.class)
@ConditionalOnClass({CompositeHealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("citus-tenancy")
public class ProjectHealthAutoConfiguration {

    /** The second name makes Spring Boot's contributor for data sources back off. */
    @Bean({"citusTenancyHealthContributor", "dbHealthContributor"})
    CompositeHealthContributor citusTenancyHealthContributor(
            Definitions definitions,
            ClusterConnection cluster,
            ObjectProvider<ClusterServices> services,
            ProjectStart start,
            ProjectPools pools,
            CitusTenancyProperties properties) {
        return new ProjectsHealth(
                definitions,
                cluster,
                Optional.ofNullable(services.getIfAvailable()),
                start,
                pools,
                properties.health().downWith());
    }
}
