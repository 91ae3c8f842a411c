package org.citustenancy.spring.internal.liquibase;

import liquibase.integration.spring.SpringLiquibase;
import org.citustenancy.spring.internal.beans.CurrentProjectDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Keeps Spring Boot's own Liquibase from running. It has one where no project is known at the start, for the project of a
 * thread that has none.
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
