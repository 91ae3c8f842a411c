package org.citustenancy.spring.autoconfigure;

import liquibase.Liquibase;
import liquibase.integration.spring.Customizer;
import liquibase.integration.spring.SpringLiquibase;
import org.citustenancy.spring.internal.aot.MigrationHints;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.liquibase.LiquibaseBeanRegistrar;
import org.citustenancy.spring.internal.liquibase.LiquibaseWithoutProject;
import org.citustenancy.spring.internal.liquibase.ProjectLiquibases;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ResourceLoader;

/** Runs the change logs of each project when the application starts, in place of Spring Boot's Liquibase. */
@AutoConfiguration(after = CitusTenancyAutoConfiguration.class, before = LiquibaseAutoConfiguration.class)
@Conditional(OnConfiguredCluster.class)
@ConditionalOnClass({SpringLiquibase.class, LiquibaseAutoConfiguration.class})
@ConditionalOnBooleanProperty(name = "citus-tenancy.liquibase.enabled", matchIfMissing = true)
@Import(LiquibaseBeanRegistrar.class)
@ImportRuntimeHints(MigrationHints.class)
public class ProjectLiquibaseAutoConfiguration {

    /** Runs before initializers that need the tables. */
    @Bean(LiquibaseBeanRegistrar.FACTORY)
    @Order(0)
    ProjectLiquibases citusTenancyProjectLiquibases(
            Definitions definitions,
            ClusterConnection cluster,
            CitusTenancyProperties properties,
            ResourceLoader resources,
            ObjectProvider<Customizer<Liquibase>> customizer) {
        return new ProjectLiquibases(
                definitions, cluster, properties.liquibase(), resources, customizer.getIfAvailable());
    }

    @Bean
    static LiquibaseWithoutProject citusTenancyLiquibaseWithoutProject() {
        return new LiquibaseWithoutProject();
    }
}
