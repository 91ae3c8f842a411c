package org.citustenancy.spring.internal.beans;

import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/**
 * Registers a bean of one type for each project, which a factory method of another bean creates. Spring Boot then creates
 * none, unless the application has a data source of its own. A bean of the application with one of their names takes its
 * place.
 */
public abstract class BeanPerProject implements ImportBeanDefinitionRegistrar {

    private final ProjectKeys projects;
    private final Class<?> type;
    private final String factory;
    private final String method;
    private final String suffix;

    /**
     * Creates a registrar.
     *
     * @param environment contains the names of the projects
     * @param type the type of the beans
     * @param factory the bean that creates them
     * @param method its factory method, which takes the project's key
     * @param suffix the suffix of the beans' names, after the project's key
     */
    protected BeanPerProject(Environment environment, Class<?> type, String factory, String method, String suffix) {
        this.projects = ProjectKeys.of(environment);
        this.type = type;
        this.factory = factory;
        this.method = method;
        this.suffix = suffix;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        String primary = projects.primary().orElse("");
        boolean besideOwn =
                registry instanceof BeanFactory beans && !ProjectBeanRegistrar.areInjectedWithoutName(beans, projects);
        for (String key : projects.keys()) {
            if (registry.containsBeanDefinition(key + suffix)) {
                continue;
            }
            AbstractBeanDefinition definition = BeanDefinitionBuilder.rootBeanDefinition(type)
                    .setFactoryMethodOnBean(method, factory)
                    .addConstructorArgValue(key)
                    .getBeanDefinition();
            definition.setPrimary(!besideOwn && key.equals(primary));
            definition.setDefaultCandidate(!besideOwn);
            ProjectQualifier.addTo(definition, key);
            registry.registerBeanDefinition(key + suffix, definition);
        }
    }
}
