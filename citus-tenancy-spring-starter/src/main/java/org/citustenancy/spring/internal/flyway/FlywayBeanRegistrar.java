package org.citustenancy.spring.internal.flyway;

import org.citustenancy.spring.OfProject;
import org.citustenancy.spring.internal.definition.DefinitionReader;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers a Flyway for each project, so that Spring Boot makes none for all. */
public final class FlywayBeanRegistrar implements ImportBeanDefinitionRegistrar {

    /** The bean whose method makes these. */
    public static final String FACTORY = "citusTenancyProjectFlyways";

    private final CitusTenancyProperties properties;

    /**
     * A registrar.
     *
     * @param environment where the projects are named
     */
    public FlywayBeanRegistrar(Environment environment) {
        this.properties =
                Binder.get(environment).bindOrCreate(CitusTenancyProperties.PREFIX, CitusTenancyProperties.class);
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        String primary = DefinitionReader.primary(properties).orElse("");
        for (String key : properties.projects().keySet()) {
            AbstractBeanDefinition definition = BeanDefinitionBuilder.rootBeanDefinition(Flyway.class)
                    .setFactoryMethodOnBean("flyway", FACTORY)
                    .addConstructorArgValue(key)
                    .getBeanDefinition();
            definition.setPrimary(key.equals(primary));
            definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, key));
            definition.addQualifier(new AutowireCandidateQualifier(OfProject.class, key));
            registry.registerBeanDefinition(key + "Flyway", definition);
        }
    }
}
