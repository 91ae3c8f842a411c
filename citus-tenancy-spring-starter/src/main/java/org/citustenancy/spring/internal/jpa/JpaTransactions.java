package org.citustenancy.spring.internal.jpa;

import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import javax.sql.DataSource;
import org.citustenancy.hikari.ProjectScopes;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Finds the {@code EntityManagerFactory} that works on a project's data source: the one of the project's name, or the one
 * that is injected without a name. Its transactions are those of JDBC and jOOQ on that data source too.
 */
public final class JpaTransactions {

    private final ListableBeanFactory beans;

    /**
     * Looks for nothing yet.
     *
     * @param beans where the factories are
     */
    public JpaTransactions(ListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * The transactions of a data source.
     *
     * @return absent if no factory works on it
     */
    public Optional<PlatformTransactionManager> find(String project, DataSource dataSource) {
        return factory(project, dataSource).map(JpaTransactionManager::new);
    }

    /**
     * The transactions of the data source that follows the scope of the thread.
     *
     * @param project what stands for a project's key
     * @param scopes what it follows
     * @return absent if no factory works on it
     */
    public Optional<PlatformTransactionManager> findCurrent(
            String project, DataSource dataSource, ProjectScopes scopes) {
        return factory(project, dataSource).map(factory -> new CurrentProjectTransactions(factory, scopes));
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
