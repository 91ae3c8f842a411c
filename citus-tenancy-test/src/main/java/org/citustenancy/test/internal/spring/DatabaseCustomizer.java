package org.citustenancy.test.internal.spring;

import org.citustenancy.test.Preparation;
import org.citustenancy.test.internal.handover.DatabaseHolder;
import org.citustenancy.test.internal.handover.Handover;
import org.citustenancy.test.junit.CitusDatabase;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

/**
 * Gives a context a data source that leads to the database of the test that runs. Spring shares a context among classes
 * whose customizers are equal.
 *
 * @param name the prefix of the databases' names
 * @param preparation their preparation
 * @param scope the tests that share a database
 */
record DatabaseCustomizer(String name, Class<? extends Preparation> preparation, CitusDatabase.Scope scope)
        implements ContextCustomizer {

    private static final String DETAILS = "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        Class<?> tests = configuration.getTestClass();
        ContextDatabase database = new ContextDatabase(
                Handover.annotatedOf(tests, CitusDatabase.class).orElse(tests), scope);
        context.getBeanFactory().registerSingleton(DatabaseHolder.BEAN, database);
        context.getEnvironment().getPropertySources().addLast(new DatabaseProperties(database));
        if (ClassUtils.isPresent(DETAILS, context.getClassLoader())) {
            DatabaseConnectionDetails.register((BeanDefinitionRegistry) context.getBeanFactory(), database);
        }
        context.addBeanFactoryPostProcessor(new DataSourceReplacement(context, database));
    }
}
