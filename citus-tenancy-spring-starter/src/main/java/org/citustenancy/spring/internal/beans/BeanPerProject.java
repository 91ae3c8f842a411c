package org.citustenancy.spring.internal.beans;

import org.citustenancy.spring.OfProject;
import org.citustenancy.spring.internal.definition.DefinitionReader;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers a bean of one type for each project, which a method of another bean makes. */
public abstract class BeanPerProject implements ImportBeanDefinitionRegistrar {

    private final CitusTenancyProperties properties;
    private final Class<?> type;
    private final String factory;
    private final String method;
    private final String suffix;

    /**
     * A registrar.
     *
     * @param environment where the projects are named
     * @param type the type of the beans
     * @param factory the bean that makes them
     * @param method its method, which takes the project's key
     * @param suffix what the beans' names end with, behind the project's key
     */
    protected BeanPerProject(Environment environment, Class<?> type, String factory, String method, String suffix) {
        this.properties =
                Binder.get(environment).bindOrCreate(CitusTenancyProperties.PREFIX, CitusTenancyProperties.class);
        this.type = type;
        this.factory = factory;
        this.method = method;
        this.suffix = suffix;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        String primary = DefinitionReader.primary(properties).orElse("");
        for (String key : properties.projects().keySet()) {
            AbstractBeanDefinition definition = BeanDefinitionBuilder.rootBeanDefinition(type)
                    .setFactoryMethodOnBean(method, factory)
                    .addConstructorArgValue(key)
                    .getBeanDefinition();
            definition.setPrimary(key.equals(primary));
            definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, key));
            definition.addQualifier(new AutowireCandidateQualifier(OfProject.class, key));
            registry.registerBeanDefinition(key + suffix, definition);
        }
    }
}
