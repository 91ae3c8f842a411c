package org.citustenancy.spring.internal.jooq;

import org.citustenancy.spring.internal.beans.ProjectBeanRegistrar;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.jooq.DSLContext;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

/** Registers a jOOQ context beside each group of beans of {@link ProjectBeanRegistrar}. */
public final class JooqBeanRegistrar implements ImportBeanDefinitionRegistrar {

    /** The bean whose factory method creates these beans. */
    public static final String FACTORY = "citusTenancyProjectContexts";

    private final ProjectKeys projects;

    /**
     * Creates a registrar.
     *
     * @param environment contains the names of the projects
     */
    public JooqBeanRegistrar(Environment environment) {
        this.projects = ProjectKeys.of(environment);
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        projects.keys().forEach(key -> register(registry, key));
        register(registry, ProjectBeanRegistrar.CURRENT);
    }

    private static void register(BeanDefinitionRegistry registry, String project) {
        boolean unnamed =
                registry instanceof BeanFactory beans && ProjectBeanRegistrar.isInjectedWithoutName(beans, project);
        ProjectBeanRegistrar.add(
                registry,
                project + "DslContext",
                project,
                unnamed,
                BeanDefinitionBuilder.rootBeanDefinition(DSLContext.class)
                        .setFactoryMethodOnBean("dslContext", FACTORY)
                        .addConstructorArgValue(project + "DataSource")
                        .addConstructorArgValue(project + "TransactionManager"));
    }
}
