package org.citustenancy.spring.autoconfigure;

import java.util.Optional;
import org.citustenancy.CitusCluster;
import org.citustenancy.ClusterOptions;
import org.citustenancy.failover.FailoverOptions;
import org.citustenancy.failover.NodeDirectory;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.hikari.metrics.PoolMetrics;
import org.citustenancy.spring.CitusConnectionDetails;
import org.citustenancy.spring.FailoverOptionsCustomizer;
import org.citustenancy.spring.ProjectInitializer;
import org.citustenancy.spring.ProjectPoolsBuilderCustomizer;
import org.citustenancy.spring.SecretSource;
import org.citustenancy.spring.internal.aot.ProjectHints;
import org.citustenancy.spring.internal.beans.OwnDataSource;
import org.citustenancy.spring.internal.beans.PoolsOfProjects;
import org.citustenancy.spring.internal.beans.ProjectBeanRegistrar;
import org.citustenancy.spring.internal.beans.ProjectBeans;
import org.citustenancy.spring.internal.binding.UnreadableProperties;
import org.citustenancy.spring.internal.definition.DefinitionReader;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectKeys;
import org.citustenancy.spring.internal.definition.PropertiesConnectionDetails;
import org.citustenancy.spring.internal.diagnostics.UnloadableJooqNotice;
import org.citustenancy.spring.internal.figures.FiguresCache;
import org.citustenancy.spring.internal.methods.ScopedMethods;
import org.citustenancy.spring.internal.scopes.ConnectionFetch;
import org.citustenancy.spring.internal.services.ClusterServices;
import org.citustenancy.spring.internal.start.ClusterConnection;
import org.citustenancy.spring.internal.start.MigrationJob;
import org.citustenancy.spring.internal.start.ProjectStart;
import org.citustenancy.spring.properties.CitusTenancyProperties;
import org.citustenancy.spring.properties.ClusterProperties;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;

/**
 * Configures the cluster, the pools, and for each project a data source with the Spring beans on top of it. Applies if
 * properties under {@code citus-tenancy} are set.
 */
@AutoConfiguration(
        before = DataSourceAutoConfiguration.class,
        beforeName = {
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration",
            "org.springframework.boot.liquibase.autoconfigure.LiquibaseAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration"
        })
@Conditional(OnConfiguredCluster.class)
@ImportRuntimeHints(ProjectHints.class)
@EnableConfigurationProperties({CitusTenancyProperties.class, JdbcProperties.class})
@Import({ProjectBeanRegistrar.class, UnloadableJooqNotice.class})
public class CitusTenancyAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(CitusConnectionDetails.class)
    PropertiesConnectionDetails citusConnectionDetails(Definitions definitions) {
        return definitions.cluster().orElseThrow();
    }

    /** Receives all bindings of properties, before any other bean exists. */
    @Bean
    static UnreadableProperties citusTenancyUnreadableProperties() {
        return new UnreadableProperties();
    }

    /** Receives all beans, before any of them is used. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static ScopedMethods citusTenancyScopedMethods(Environment environment) {
        return new ScopedMethods(
                ProjectKeys.of(environment).keys(),
                environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true));
    }

    /** Requires valid properties. */
    @Bean
    @DependsOn("citusTenancyDefinitions")
    ClusterConnection citusClusterConnection(CitusConnectionDetails details, CitusTenancyProperties properties) {
        ClusterProperties cluster = properties.cluster();
        return new ClusterConnection(
                password -> ClusterOptions.of(details.jdbcUrl(), details.admin(), password)
                        .deadline(cluster.deadline())
                        .parallelism(cluster.parallelism())
                        .requireCitus(cluster.requireCitus())
                        .requireCapacity(cluster.requireCapacity())
                        .endSessionsOnRotation(cluster.endSessionsOnRotation()),
                details::adminPassword);
    }

    /** Connects at the first use, which may never occur. */
    @Bean(destroyMethod = "")
    @Lazy
    CitusCluster citusCluster(ClusterConnection connection) {
        return connection.get();
    }

    /**
     * Includes the cluster of the properties if they define it, so that one message lists all problems of the
     * properties.
     */
    @Bean
    Definitions citusTenancyDefinitions(
            CitusTenancyProperties properties,
            UnreadableProperties unreadable,
            ObjectProvider<SecretSource> secrets,
            ListableBeanFactory beans,
            Environment environment) {
        DefinitionReader reader = new DefinitionReader(
                properties, secrets.orderedStream().toList(), unreadable.found(), OwnDataSource.property(environment));
        boolean elsewhere = beans.getBeanNamesForType(PropertiesConnectionDetails.class, false, false).length == 0;
        Definitions definitions = elsewhere ? reader.read() : reader.readWithCluster();
        return definitions
                        .primary()
                        .filter(key -> !ProjectBeanRegistrar.isInjectedWithoutName(beans, key))
                        .isPresent()
                ? definitions.withoutPrimary()
                : definitions;
    }

    @Bean
    ProjectStart citusTenancyProjectStart(
            Definitions definitions,
            ClusterConnection cluster,
            CitusTenancyProperties properties,
            ObjectProvider<ProjectInitializer> initializers) {
        return new ProjectStart(
                        definitions.projects(),
                        cluster,
                        properties.start(),
                        initializers.orderedStream().toList(),
                        properties.job() != null)
                .run();
    }

    /** Begins after the application has started, which creates only this job and what it needs. */
    @Bean
    @Conditional(OnJob.class)
    MigrationJob citusTenancyJob(Definitions definitions, ObjectProvider<ProjectStart> start) {
        return new MigrationJob(definitions.projects(), start);
    }

    /** Reads nothing before its first use. */
    @Bean
    FiguresCache citusTenancyFigures(
            Definitions definitions, ClusterConnection cluster, CitusTenancyProperties properties) {
        return new FiguresCache(definitions, cluster, properties.figures());
    }

    /** Runs after the start of the projects, so that the pools find them. */
    @Bean
    @ConditionalOnMissingBean
    ProjectPools projectPools(
            Definitions definitions,
            ClusterConnection cluster,
            ProjectStart start,
            CitusTenancyProperties properties,
            ObjectProvider<PoolMetrics> metrics,
            ObjectProvider<ProjectPoolsBuilderCustomizer> customizers) {
        return new PoolsOfProjects(definitions, cluster, start, properties)
                .open(
                        metrics.getIfAvailable(() -> PoolMetrics.NONE),
                        customizers.orderedStream().toList());
    }

    /**
     * Starts after the projects, so that the services do not compete with them. No bean uses it, so it would not start
     * with lazy initialization. An application that ends after a job does not run them.
     */
    @Bean
    @Lazy(false)
    @Conditional({OnEnabledService.class, OnJob.Absent.class})
    ClusterServices citusTenancyServices(
            Definitions definitions,
            CitusTenancyProperties properties,
            ClusterConnection cluster,
            ProjectStart start,
            ObjectProvider<NodeDirectory> directories,
            ObjectProvider<FailoverOptionsCustomizer> customizers) {
        return ClusterServices.start(
                cluster,
                Optional.of(definitions.failover())
                        .filter(options -> properties.failover().enabled())
                        .map(options -> customized(options, directories, customizers)),
                Optional.of(definitions.autosuspend())
                        .filter(options -> properties.autosuspend().enabled()));
    }

    private static FailoverOptions customized(
            FailoverOptions ofProperties,
            ObjectProvider<NodeDirectory> directories,
            ObjectProvider<FailoverOptionsCustomizer> customizers) {
        FailoverOptions options = ofProperties;
        for (NodeDirectory directory : directories.orderedStream().toList()) {
            options = options.with(directory);
        }
        for (FailoverOptionsCustomizer customizer : customizers.orderedStream().toList()) {
            options = customizer.customize(options);
        }
        return options;
    }

    @Bean(ProjectBeanRegistrar.FACTORY)
    ProjectBeans citusTenancyProjectBeans(
            ListableBeanFactory beans,
            Definitions definitions,
            ProjectPools pools,
            CitusTenancyProperties properties,
            Environment environment) {
        return new ProjectBeans(
                beans,
                definitions,
                pools,
                ConnectionFetch.of(environment, properties.readPool().enabled()));
    }
}
