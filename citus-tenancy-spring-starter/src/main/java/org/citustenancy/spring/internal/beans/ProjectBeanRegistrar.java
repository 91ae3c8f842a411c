package org.citustenancy.spring.internal.beans;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Registers beans for each project, and the same ones that use the scope of the thread. The beans of the primary project
 * are injected without a name; without a primary project, the beans that use the scope are. All other data sources are
 * injected by name only, so that Spring Boot sees a single one. If the application has a data source of its own and
 * names no primary project, all of these beans are injected by name only, so that Spring Boot's beans belong to the
 * application's data source. A bean of the application with one of their names takes its place.
 */
public final class ProjectBeanRegistrar implements ImportBeanDefinitionRegistrar {

    /** The bean whose factory methods create these beans. */
    public static final String FACTORY = "citusTenancyProjectBeans";

    /** The prefix of the names of the beans that use the scope. */
    public static final String CURRENT = "currentProject";

    private static final String DATA_SOURCE = "DataSource";

    private static final String USUAL_TRANSACTIONS = "transactionManager";

    private final ProjectKeys projects;
    private final boolean besideOwn;

    /**
     * Creates a registrar.
     *
     * @param environment contains the names of the projects
     * @param beans may contain a data source of the application
     */
    public ProjectBeanRegistrar(Environment environment, BeanFactory beans) {
        this.projects = ProjectKeys.of(environment);
        this.besideOwn = !projects.primaryIsNamed()
                && beans instanceof ListableBeanFactory known
                && OwnDataSource.isDefined(environment, known, dataSources(projects));
    }

    /**
     * Returns whether the beans of a project are injected without a name.
     *
     * @param project the project's key, or {@link #CURRENT}
     */
    public static boolean isInjectedWithoutName(BeanFactory beans, String project) {
        return OwnDataSource.isInjectedWithoutName(beans, project + DATA_SOURCE);
    }

    /** Returns whether the beans of some project, or those that use the scope, are injected without a name. */
    public static boolean areInjectedWithoutName(BeanFactory beans, ProjectKeys projects) {
        return dataSources(projects).stream().anyMatch(name -> OwnDataSource.isInjectedWithoutName(beans, name));
    }

    /** Returns the names of the data sources of all projects, and of the one that uses the scope. */
    public static Set<String> dataSources(ProjectKeys projects) {
        return Stream.concat(projects.keys().stream(), Stream.of(CURRENT))
                .map(project -> project + DATA_SOURCE)
                .collect(Collectors.toSet());
    }

    @Override
    public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
        @Nullable String primary = projects.primary().orElse(null);
        projects.keys().forEach(key -> {
            BeanDefinitionBuilder dataSource =
                    made(DataSource.class, "projectDataSource").addConstructorArgValue(key);
            register(registry, key, !besideOwn && key.equals(primary), dataSource);
        });
        register(registry, CURRENT, !besideOwn && primary == null, made(DataSource.class, "routingDataSource"));
    }

    private void register(
            BeanDefinitionRegistry registry, String project, boolean unnamed, BeanDefinitionBuilder dataSource) {
        String dataSourceName = project + DATA_SOURCE;
        String transactionsName = project + "TransactionManager";
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
            // Repositories of Spring Data require this name.
            registry.registerAlias(transactionsName, USUAL_TRANSACTIONS);
        }
        String templateName = project + "JdbcTemplate";
        String namedTemplateName = project + "NamedParameterJdbcTemplate";
        // Injected by name only: Spring Boot's templates use the default data source.
        add(
                registry,
                templateName,
                project,
                false,
                made(JdbcTemplate.class, "jdbcTemplate").addConstructorArgValue(dataSourceName));
        add(
                registry,
                namedTemplateName,
                project,
                false,
                made(NamedParameterJdbcTemplate.class, "namedParameterJdbcTemplate")
                        .addConstructorArgValue(templateName));
        add(
                registry,
                project + "JdbcClient",
                project,
                unnamed,
                made(JdbcClient.class, "jdbcClient").addConstructorArgValue(namedTemplateName));
    }

    /**
     * Registers a bean of a project, or one that uses the scope, unless the application has a bean of this name.
     *
     * @param project the project's key, or {@link #CURRENT}
     * @param unnamed whether it is injected without a name
     */
    public static void add(
            BeanDefinitionRegistry registry, String name, String project, boolean unnamed, BeanDefinitionBuilder bean) {
        if (registry.containsBeanDefinition(name)) {
            return;
        }
        AbstractBeanDefinition definition = bean.getBeanDefinition();
        definition.setDefaultCandidate(unnamed);
        definition.setPrimary(unnamed && !project.equals(CURRENT));
        // Any other bean of this type takes precedence over the one that uses the scope.
        definition.setFallback(unnamed && project.equals(CURRENT));
        definition.setDestroyMethodName("");
        ProjectQualifier.addTo(definition, project);
        registry.registerBeanDefinition(name, definition);
    }

    private static BeanDefinitionBuilder made(Class<?> type, String method) {
        return BeanDefinitionBuilder.rootBeanDefinition(type).setFactoryMethodOnBean(method, FACTORY);
    }
}
