package org.citustenancy.spring.internal.beans;

import javax.sql.DataSource;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Registers three beans for each project, and three that follow the scope of the thread. Those of the primary project are
 * what is injected without a name; where there is none, those that follow the scope are. All data sources but that one
 * are injected by name alone, so that Spring Boot sees a single one.
 */
public final class ProjectBeanRegistrar implements ImportBeanDefinitionRegistrar {

    /** The bean whose methods make these. */
    public static final String FACTORY = "citusTenancyProjectBeans";

    /** What the names of the beans that follow the scope begin with. */
    public static final String CURRENT = "currentProject";

    private static final String USUAL_TRANSACTIONS = "transactionManager";

    private final ProjectKeys projects;

    /**
     * A registrar.
     *
     * @param environment where the projects are named
     */
    public ProjectBeanRegistrar(Environment environment) {
        this.projects = ProjectKeys.of(environment);
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        @Nullable String primary = projects.primary().orElse(null);
        projects.keys().forEach(key -> {
            BeanDefinitionBuilder dataSource =
                    made(DataSource.class, "projectDataSource").addConstructorArgValue(key);
            register(registry, key, key, key.equals(primary), dataSource);
        });
        register(registry, CURRENT, CURRENT, primary == null, made(DataSource.class, "routingDataSource"));
    }

    private void register(
            BeanDefinitionRegistry registry,
            String prefix,
            String project,
            boolean unnamed,
            BeanDefinitionBuilder dataSource) {
        String dataSourceName = prefix + "DataSource";
        String transactionsName = prefix + "TransactionManager";
        add(registry, dataSourceName, project, unnamed, dataSource);
        add(
                registry,
                transactionsName,
                project,
                unnamed,
                made(PlatformTransactionManager.class, "transactionManager")
                        .addConstructorArgValue(project)
                        .addConstructorArgValue(dataSourceName));
        if (unnamed && !registry.containsBeanDefinition(USUAL_TRANSACTIONS)) {
            // Repositories of Spring Data ask for it by this name.
            registry.registerAlias(transactionsName, USUAL_TRANSACTIONS);
        }
        add(
                registry,
                prefix + "JdbcClient",
                project,
                unnamed,
                made(JdbcClient.class, "jdbcClient").addConstructorArgValue(dataSourceName));
    }

    /**
     * Registers a bean of a project, or one that follows the scope.
     *
     * @param project the project's key, or {@link #CURRENT}
     * @param unnamed whether it is what is injected without a name
     */
    public static void add(
            BeanDefinitionRegistry registry, String name, String project, boolean unnamed, BeanDefinitionBuilder bean) {
        AbstractBeanDefinition definition = bean.getBeanDefinition();
        definition.setDefaultCandidate(unnamed);
        definition.setPrimary(unnamed && !project.equals(CURRENT));
        // Any other bean of this type takes precedence over the one that follows the scope.
        definition.setFallback(unnamed && project.equals(CURRENT));
        definition.setDestroyMethodName("");
        ProjectQualifier.addTo(definition, project);
        registry.registerBeanDefinition(name, definition);
    }

    private static BeanDefinitionBuilder made(Class<?> type, String method) {
        return BeanDefinitionBuilder.rootBeanDefinition(type).setFactoryMethodOnBean(method, FACTORY);
    }
}
