package org.citustenancy.spring.internal.liquibase;

import liquibase.integration.spring.SpringLiquibase;
import org.citustenancy.spring.internal.scopes.CurrentProjectDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Prevents Spring Boot's own Liquibase from running. If no project is known at the start, Spring Boot creates one on
 * the data source of the current scope, for a thread without a scope.
 */
public final class LiquibaseWithoutProject implements BeanPostProcessor {

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof SpringLiquibase liquibase
                && liquibase.getDataSource() instanceof CurrentProjectDataSource) {
            liquibase.setShouldRun(false);
        }
        return bean;
    }
}
