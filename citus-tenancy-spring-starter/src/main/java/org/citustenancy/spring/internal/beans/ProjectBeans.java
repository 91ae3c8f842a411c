package org.citustenancy.spring.internal.beans;

import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.jpa.JpaTransactions;
import org.citustenancy.spring.internal.scopes.ConnectionFetch;
import org.citustenancy.spring.internal.scopes.CurrentProjectDataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcProperties;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ClassUtils;

/**
 * Creates the beans of a project. The names of the methods and their parameters are in {@link ProjectBeanRegistrar}.
 */
public final class ProjectBeans {

    private static final boolean JPA = ClassUtils.isPresent(
                    "org.springframework.orm.jpa.JpaTransactionManager", ProjectBeans.class.getClassLoader())
            && ClassUtils.isPresent("jakarta.persistence.EntityManagerFactory", ProjectBeans.class.getClassLoader());

    private final ListableBeanFactory beans;
    private final Definitions definitions;
    private final ProjectPools pools;
    private final ConnectionFetch fetch;

    /**
     * Creates the factory.
     *
     * @param beans contains the data sources
     * @param fetch when and from which pool connections are fetched
     */
    public ProjectBeans(ListableBeanFactory beans, Definitions definitions, ProjectPools pools, ConnectionFetch fetch) {
        this.beans = beans;
        this.definitions = definitions;
        this.pools = pools;
        this.fetch = fetch;
    }

    /**
     * Creates a project's data source.
     *
     * @return a data source of the application's user
     */
    public DataSource projectDataSource(String key) {
        ProjectDefinition project = definitions.project(key);
        String database = project.database();
        String user = project.user().name();
        return fetch.from(pools.dataSource(database, user), () -> pools.readPool(database, user)
                .dataSource());
    }

    /**
     * Returns the data source that uses the scope of the thread.
     *
     * @return the same object each time
     */
    public DataSource routingDataSource() {
        return new CurrentProjectDataSource(pools.scopes(), fetch);
    }

    /**
     * Creates Spring's template of a data source, with the settings of {@code spring.jdbc.template}.
     *
     * @param dataSource the name of its bean
     */
    public JdbcTemplate jdbcTemplate(String dataSource) {
        JdbcTemplate template = new JdbcTemplate(dataSource(dataSource));
        beans.getBeanProvider(JdbcProperties.class)
                .ifAvailable(properties -> configure(template, properties.getTemplate()));
        beans.getBeanProvider(SQLExceptionTranslator.class).ifUnique(template::setExceptionTranslator);
        return template;
    }

    private static void configure(JdbcTemplate template, JdbcProperties.Template settings) {
        Duration timeout = settings.getQueryTimeout();
        if (timeout != null) {
            template.setQueryTimeout((int) timeout.toSeconds());
        }
        template.setFetchSize(settings.getFetchSize());
        template.setMaxRows(settings.getMaxRows());
        template.setIgnoreWarnings(settings.isIgnoreWarnings());
        template.setSkipResultsProcessing(settings.isSkipResultsProcessing());
        template.setSkipUndeclaredResults(settings.isSkipUndeclaredResults());
        template.setResultsMapCaseInsensitive(settings.isResultsMapCaseInsensitive());
    }

    /**
     * Creates Spring's template with named parameters.
     *
     * @param template the name of the bean of the other template, whose data source and settings it has
     */
    public NamedParameterJdbcTemplate namedParameterJdbcTemplate(String template) {
        return new NamedParameterJdbcTemplate(beans.getBean(template, JdbcTemplate.class));
    }

    /**
     * Creates Spring's client.
     *
     * @param template the name of the bean of the template that it uses
     */
    public JdbcClient jdbcClient(String template) {
        return JdbcClient.create(beans.getBean(template, NamedParameterJdbcTemplate.class));
    }

    /**
     * Creates the transaction manager of a data source, also for JPA if an {@code EntityManagerFactory} uses the data
     * source. Spring Boot's customizers apply to it.
     *
     * @param dataSource the name of its bean
     * @return the transaction manager
     */
    public PlatformTransactionManager transactionManager(String project, String dataSource) {
        DataSource connections = dataSource(dataSource);
        PlatformTransactionManager ofJdbc = new JdbcTransactionManager(connections);
        PlatformTransactionManager transactions =
                JPA ? ofJpa(project, connections).orElse(ofJdbc) : ofJdbc;
        beans.getBeanProvider(TransactionManagerCustomizers.class)
                .ifAvailable(customizers -> customizers.customize(transactions));
        return transactions;
    }

    private Optional<PlatformTransactionManager> ofJpa(String project, DataSource connections) {
        JpaTransactions ofJpa = new JpaTransactions(beans);
        return connections instanceof CurrentProjectDataSource
                ? ofJpa.findCurrent(project, connections)
                : ofJpa.find(project, connections);
    }

    private DataSource dataSource(String name) {
        return beans.getBean(name, DataSource.class);
    }
}
