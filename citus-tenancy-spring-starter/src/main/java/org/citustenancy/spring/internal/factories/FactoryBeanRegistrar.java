package org.citustenancy.spring.internal.factories;

import org.citustenancy.spring.internal.beans.ProjectBeanRegistrar;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;

/**
 * Registers an {@code EntityManagerFactory} for each project with entities of its own. That of the primary project is
 * injected without a name. Spring Boot's factory does not see the others, and remains.
 */
public final class FactoryBeanRegistrar implements ImportBeanDefinitionRegistrar {

    /** The bean whose factory method creates these beans. */
    public static final String FACTORY = "citusTenancyProjectFactories";

    /** Repositories of Spring Data require this name. */
    private static final String USUAL_NAME = "entityManagerFactory";

    private final Environment environment;
    private final BeanFactory beans;

    /**
     * Creates a registrar.
     *
     * @param environment contains the projects
     * @param beans contains the data sources
     */
    public FactoryBeanRegistrar(Environment environment, BeanFactory beans) {
        this.environment = environment;
        this.beans = beans;
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        for (String key : ProjectKeys.of(environment).withEntities(environment)) {
            boolean unnamed = ProjectBeanRegistrar.isInjectedWithoutName(beans, key);
            String name = key + "EntityManagerFactory";
            ProjectBeanRegistrar.add(
                    registry,
                    name,
                    key,
                    unnamed,
                    BeanDefinitionBuilder.rootBeanDefinition(LocalContainerEntityManagerFactoryBean.class)
                            .setFactoryMethodOnBean("factory", FACTORY)
                            .addConstructorArgValue(key)
                            .addConstructorArgValue(key + "DataSource"));
            if (unnamed && !registry.containsBeanDefinition(USUAL_NAME)) {
                registry.registerAlias(name, USUAL_NAME);
            }
        }
    }
}
