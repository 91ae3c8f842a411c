package org.citustenancy.spring.internal.health;

import java.util.Arrays;
import java.util.Set;
import javax.sql.DataSource;
import org.citustenancy.spring.internal.beans.ProjectBeanRegistrar;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Replaces Spring Boot's health of data sources by that of the projects, if there are no other data sources. */
public final class DbHealthAlias implements ImportBeanDefinitionRegistrar {

    /** The name of Spring Boot's health of data sources. */
    static final String DB = "dbHealthContributor";

    /** The name of the health of the projects. */
    public static final String PROJECTS = "citusTenancyHealthContributor";

    private final ProjectKeys projects;

    /**
     * Creates a registrar.
     *
     * @param environment contains the names of the projects
     */
    public DbHealthAlias(Environment environment) {
        this.projects = ProjectKeys.of(environment);
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        Set<String> ofProjects = ProjectBeanRegistrar.dataSources(projects);
        if (registry instanceof ConfigurableListableBeanFactory beans
                && Arrays.stream(beans.getBeanNamesForType(DataSource.class, true, false))
                        .filter(name -> !ofProjects.contains(name))
                        .noneMatch(name -> beans.getBeanDefinition(name).isAutowireCandidate())) {
            registry.registerAlias(PROJECTS, DB);
        }
    }
}
