package org.citustenancy.spring.internal.jpa;

import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Finds the {@code EntityManagerFactory} that uses a project's data source: the one with the project's name, or the one
 * that is injected without a name. JDBC and jOOQ on that data source use its transactions too.
 */
public final class JpaTransactions {

    private final ListableBeanFactory beans;

    /**
     * Creates the finder.
     *
     * @param beans contains the factories
     */
    public JpaTransactions(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Returns the transaction manager of a data source.
     *
     * @return empty if no factory uses it
     */
    public Optional<PlatformTransactionManager> find(String project, DataSource dataSource) {
        return factory(project, dataSource).map(JpaTransactionManager::new);
    }

    /**
     * Returns the transaction manager of the data source that uses the scope of the thread.
     *
     * @param project the placeholder for a project's key
     * @return empty if no factory uses it
     */
    public Optional<PlatformTransactionManager> findCurrent(String project, DataSource dataSource) {
        return factory(project, dataSource).map(CurrentProjectTransactions::new);
    }

    private Optional<EntityManagerFactory> factory(String project, DataSource dataSource) {
        return named(project).filter(factory -> worksOn(factory, dataSource)).or(() -> unnamed()
                .filter(factory -> worksOn(factory, dataSource)));
    }

    private Optional<EntityManagerFactory> named(String project) {
        for (String name : beans.getBeanNamesForType(EntityManagerFactory.class, true, false)) {
            if (BeanFactoryAnnotationUtils.isQualifierMatch(project::equals, name, beans)) {
                return Optional.of(((BeanFactory) beans).getBean(name, EntityManagerFactory.class));
            }
        }
        return Optional.empty();
    }

    private Optional<EntityManagerFactory> unnamed() {
        return Optional.ofNullable(
                beans.getBeanProvider(EntityManagerFactory.class).getIfUnique());
    }

    private static boolean worksOn(EntityManagerFactory factory, DataSource dataSource) {
        return factory instanceof EntityManagerFactoryInfo info && dataSource.equals(info.getDataSource());
    }
}
