package org.citustenancy.spring.autoconfigure;

import java.util.Optional;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.internal.beans.ProjectBeanRegistrar;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.citustenancy.spring.internal.health.DbHealthAlias;
import org.citustenancy.spring.internal.health.OwnDataSourceHealth;
import org.citustenancy.spring.internal.health.ProjectsHealth;
import org.citustenancy.spring.internal.services.ClusterServices;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Configures the health of each project, of the nodes and of the failover monitor. Spring Boot's health of data sources
 * shows only those of the application itself.
 */
@AutoConfiguration(
        after = {CitusTenancyAutoConfiguration.class, DataSourceAutoConfiguration.class},
        beforeName = "org.springframework.boot.jdbc.autoconfigure.health.DataSourceHealthContributorAutoConfiguration")
@Conditional(OnConfiguredCluster.class)
@ConditionalOnClass({CompositeHealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnEnabledHealthIndicator("citus-tenancy")
@Import(DbHealthAlias.class)
public class ProjectHealthAutoConfiguration {

    /** Receives Spring Boot's health of data sources. */
    @Bean
    static OwnDataSourceHealth citusTenancyOwnDataSourceHealth(BeanFactory beans, Environment environment) {
        return new OwnDataSourceHealth(beans, ProjectBeanRegistrar.dataSources(ProjectKeys.of(environment)));
    }

    @Bean(DbHealthAlias.PROJECTS)
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
