package org.citustenancy.spring.internal.jooq;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.ExecuteListenerProvider;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.jooq.autoconfigure.DefaultConfigurationCustomizer;
import org.springframework.boot.jooq.autoconfigure.ExceptionTranslatorExecuteListener;
import org.springframework.boot.jooq.autoconfigure.SpringTransactionProvider;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Creates jOOQ contexts, with Spring Boot's customizers and settings. The name of the method and its parameters are in
 * {@link JooqBeanRegistrar}.
 */
public final class ProjectContexts {

    private final BeanFactory beans;
    private final SQLDialect dialect;

    /**
     * Creates the factory.
     *
     * @param beans contains the data sources, and what customizes jOOQ
     * @param dialect the dialect of the projects
     */
    public ProjectContexts(BeanFactory beans, SQLDialect dialect) {
        this.beans = beans;
        this.dialect = dialect;
    }

    /**
     * Creates a jOOQ context on a data source, which takes part in the data source's transactions.
     *
     * @param dataSource the name of its bean
     * @param transactionManager the name of the bean of its transaction manager
     * @return a context for PostgreSQL
     */
    public DSLContext dslContext(String dataSource, String transactionManager) {
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration
                .set(dialect)
                .set(beans.getBeanProvider(Settings.class).getIfAvailable(Settings::new))
                .set(new DataSourceConnectionProvider(
                        new TransactionAwareDataSourceProxy(beans.getBean(dataSource, DataSource.class))))
                .set(new SpringTransactionProvider(beans.getBean(transactionManager, PlatformTransactionManager.class)))
                .set(listeners());
        beans.getBeanProvider(DefaultConfigurationCustomizer.class)
                .orderedStream()
                .forEach(customizer -> customizer.customize(configuration));
        return DSL.using(configuration);
    }

    private ExecuteListenerProvider[] listeners() {
        List<ExecuteListenerProvider> listeners = new ArrayList<>();
        if (beans.getBeanProvider(ExceptionTranslatorExecuteListener.class).getIfAvailable() == null) {
            // Spring Boot, which has one among the other listeners, does not configure jOOQ here.
            listeners.add(() -> ExceptionTranslatorExecuteListener.DEFAULT);
        }
        beans.getBeanProvider(ExecuteListenerProvider.class).orderedStream().forEach(listeners::add);
        return listeners.toArray(ExecuteListenerProvider[]::new);
    }
}
