package org.citustenancy.spring.internal.jooq;

import org.citustenancy.spring.internal.beans.ProjectBeanRegistrar;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
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
        @Nullable String primary = projects.primary().orElse(null);
        projects.keys().forEach(key -> register(registry, key, key.equals(primary)));
        register(registry, ProjectBeanRegistrar.CURRENT, primary == null);
    }

    private static void register(BeanDefinitionRegistry registry, String project, boolean unnamed) {
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
