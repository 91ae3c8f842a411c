package org.citustenancy.spring.internal.beans;

import java.util.Optional;
import javax.sql.DataSource;
import org.citustenancy.hikari.ProjectPools;
import org.citustenancy.spring.internal.definition.Definitions;
import org.citustenancy.spring.internal.definition.ProjectDefinition;
import org.citustenancy.spring.internal.jpa.JpaTransactions;
import org.citustenancy.spring.internal.scopes.CurrentProjectDataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
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

    /**
     * Creates the factory.
     *
     * @param beans contains the data sources
     */
    public ProjectBeans(ListableBeanFactory beans, Definitions definitions, ProjectPools pools) {
        this.beans = beans;
        this.definitions = definitions;
        this.pools = pools;
    }

    /**
     * Creates a project's data source.
     *
     * @return a data source of the application's user
     */
    public DataSource projectDataSource(String key) {
        ProjectDefinition project = definitions.project(key);
        return pools.dataSource(project.database(), project.user().name());
    }

    /**
     * Returns the data source that uses the scope of the thread.
     *
     * @return the same object each time
     */
    public DataSource routingDataSource() {
        return new CurrentProjectDataSource(pools.scopes());
    }

    /**
     * Creates Spring's client of a data source.
     *
     * @param dataSource the name of its bean
     */
    public JdbcClient jdbcClient(String dataSource) {
        return JdbcClient.create(dataSource(dataSource));
    }

    /**
     * Creates the transaction manager of a data source, also for JPA if an {@code EntityManagerFactory} uses the data
     * source.
     *
     * @param dataSource the name of its bean
     * @return the transaction manager
     */
    public PlatformTransactionManager transactionManager(String project, String dataSource) {
        DataSource connections = dataSource(dataSource);
        PlatformTransactionManager ofJdbc = new JdbcTransactionManager(connections);
        return JPA ? ofJpa(project, connections).orElse(ofJdbc) : ofJdbc;
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
