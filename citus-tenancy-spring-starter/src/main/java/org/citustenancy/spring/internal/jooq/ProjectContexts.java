package org.citustenancy.spring.internal.jooq;

import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.ExecuteListenerProvider;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;
import org.jooq.impl.DataSourceConnectionProvider;
import org.jooq.impl.DefaultConfiguration;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.jooq.autoconfigure.ExceptionTranslatorExecuteListener;
import org.springframework.boot.jooq.autoconfigure.SpringTransactionProvider;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.PlatformTransactionManager;

/** Creates jOOQ contexts. The name of the method and its parameters are in {@link JooqBeanRegistrar}. */
public final class ProjectContexts {

    private final BeanFactory beans;

    /**
     * Creates the factory.
     *
     * @param beans contains the data sources
     */
    public ProjectContexts(BeanFactory beans) {
        this.beans = beans;
    }

    /**
     * Creates a jOOQ context on a data source, which takes part in the data source's transactions.
     *
     * @param dataSource the name of its bean
     * @param transactionManager the name of the bean of its transaction manager
     * @return a context for PostgreSQL
     */
    public DSLContext dslContext(String dataSource, String transactionManager) {
        ExecuteListenerProvider translation = () -> ExceptionTranslatorExecuteListener.DEFAULT;
        DefaultConfiguration configuration = new DefaultConfiguration();
        configuration
                .set(SQLDialect.POSTGRES)
                .set(new Settings())
                .set(new DataSourceConnectionProvider(
                        new TransactionAwareDataSourceProxy(beans.getBean(dataSource, DataSource.class))))
                .set(new SpringTransactionProvider(beans.getBean(transactionManager, PlatformTransactionManager.class)))
                .set(translation);
        return DSL.using(configuration);
    }
}
