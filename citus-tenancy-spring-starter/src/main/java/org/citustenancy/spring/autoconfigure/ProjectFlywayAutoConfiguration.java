package org.citustenancy.spring.autoconfigure;

import org.citustenancy.spring.internal.aot.MigrationHints;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.flyway.FlywayBeanRegistrar;
import org.citustenancy.spring.internal.flyway.OwnFlywayLocations;
import org.citustenancy.spring.internal.flyway.ProjectFlyways;
import org.citustenancy.spring.internal.scopes.CurrentProjectDataSource;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.annotation.Order;

/**
 * Migrates each project when the application starts, in place of Spring Boot's Flyway, or beside it if the application
 * has a data source of its own.
 */
@AutoConfiguration(after = CitusTenancyAutoConfiguration.class, before = FlywayAutoConfiguration.class)
@Conditional(OnConfiguredCluster.class)
@ImportRuntimeHints(MigrationHints.class)
@ConditionalOnClass({Flyway.class, FlywayConfigurationCustomizer.class})
@ConditionalOnBooleanProperty(name = "citus-tenancy.flyway.enabled", matchIfMissing = true)
@Import(FlywayBeanRegistrar.class)
public class ProjectFlywayAutoConfiguration {

    /** Runs before initializers that need the tables. */
    @Bean(FlywayBeanRegistrar.FACTORY)
    @Order(0)
    ProjectFlyways citusTenancyProjectFlyways(
            Definitions definitions,
            ClusterConnection cluster,
            CitusTenancyProperties properties,
            ObjectProvider<FlywayConfigurationCustomizer> customizers) {
        return new ProjectFlyways(
                definitions,
                cluster,
                properties.flyway().locations(),
                customizers.orderedStream().toList());
    }

    /** Receives Spring Boot's Flyway before it migrates. */
    @Bean
    static OwnFlywayLocations citusTenancyOwnFlywayLocations(BeanFactory beans) {
        return new OwnFlywayLocations(beans);
    }

    /**
     * If no project is known at the start, Spring Boot creates its own Flyway on the data source of the current scope,
     * for a thread without a scope.
     */
    @Bean
    @ConditionalOnMissingBean
    FlywayMigrationStrategy citusTenancyFlywayMigrationStrategy() {
        return flyway -> {
            if (!(flyway.getConfiguration().getDataSource() instanceof CurrentProjectDataSource)) {
                flyway.migrate();
            }
        };
    }
}
