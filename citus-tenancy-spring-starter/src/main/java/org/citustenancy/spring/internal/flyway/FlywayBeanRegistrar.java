package org.citustenancy.spring.internal.flyway;

import org.citustenancy.spring.internal.beans.ProjectQualifier;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers a Flyway for each project, so that Spring Boot makes none for all. */
public final class FlywayBeanRegistrar implements ImportBeanDefinitionRegistrar {

    /** The bean whose method makes these. */
    public static final String FACTORY = "citusTenancyProjectFlyways";

    private final ProjectKeys projects;

    /**
     * A registrar.
     *
     * @param environment where the projects are named
     */
    public FlywayBeanRegistrar(Environment environment) {
        this.projects = ProjectKeys.of(environment);
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        String primary = projects.primary().orElse("");
        for (String key : projects.keys()) {
            AbstractBeanDefinition definition = BeanDefinitionBuilder.rootBeanDefinition(Flyway.class)
                    .setFactoryMethodOnBean("flyway", FACTORY)
                    .addConstructorArgValue(key)
                    .getBeanDefinition();
            definition.setPrimary(key.equals(primary));
            ProjectQualifier.addTo(definition, key);
            registry.registerBeanDefinition(key + "Flyway", definition);
        }
    }
}
