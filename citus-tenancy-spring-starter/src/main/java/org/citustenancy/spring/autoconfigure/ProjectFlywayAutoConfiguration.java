package org.citustenancy.spring.autoconfigure;

import java.util.List;
import java.util.Optional;
import org.citustenancy.spring.internal.aot.MigrationHints;
import org.citustenancy.spring.internal.beans.ProjectBeanRegistrar;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.citustenancy.spring.internal.flyway.FlywayBeanRegistrar;
import org.citustenancy.spring.internal.flyway.FlywaySettings;
import org.citustenancy.spring.internal.flyway.OwnFlywayLocations;
import org.citustenancy.spring.internal.flyway.ProjectFlyways;
import org.citustenancy.spring.internal.scopes.CurrentProjectDataSource;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.migration.JavaMigration;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.flyway.autoconfigure.FlywayProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Migrates each project when the application starts, in place of Spring Boot's Flyway, or beside it if the application
 * has a data source of its own.
 */
@AutoConfiguration(after = CitusTenancyAutoConfiguration.class, before = FlywayAutoConfiguration.class)
@Conditional(OnConfiguredCluster.class)
@ImportRuntimeHints(MigrationHints.class)
@ConditionalOnClass({Flyway.class, FlywayConfigurationCustomizer.class})
@ConditionalOnBooleanProperty(name = "citus-tenancy.flyway.enabled", matchIfMissing = true)
@EnableConfigurationProperties(FlywayProperties.class)
@Import(FlywayBeanRegistrar.class)
public class ProjectFlywayAutoConfiguration {

    /** Runs before initializers that need the tables. */
    @Bean(FlywayBeanRegistrar.FACTORY)
    @Order(0)
    ProjectFlyways citusTenancyProjectFlyways(
            Definitions definitions, ClusterConnection cluster, FlywaySettings settings) {
        return new ProjectFlyways(definitions, cluster, settings);
    }

    /**
     * Spring Boot's properties, migrations and callbacks that are beans count for projects, unless the application has a
     * data source of its own, whose Flyway they belong to.
     */
    @Bean
    FlywaySettings citusTenancyFlywaySettings(
            CitusTenancyProperties properties,
            FlywayProperties common,
            ListableBeanFactory beans,
            Environment environment,
            ObjectProvider<FlywayConfigurationCustomizer> customizers) {
        boolean ofProjects = ProjectBeanRegistrar.areInjectedWithoutName(beans, ProjectKeys.of(environment));
        return new FlywaySettings(
                properties.flyway().locations(),
                Optional.of(common).filter(any -> ofProjects),
                ofProjects ? ordered(beans, JavaMigration.class) : List.of(),
                ofProjects ? ordered(beans, Callback.class) : List.of(),
                customizers.orderedStream().toList());
    }

    private static <T> List<T> ordered(BeanFactory beans, Class<T> type) {
        return beans.getBeanProvider(type).orderedStream().toList();
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
