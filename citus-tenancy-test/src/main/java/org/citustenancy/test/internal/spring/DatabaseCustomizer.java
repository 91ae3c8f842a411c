package org.citustenancy.test.internal.spring;

import org.citustenancy.test.internal.handover.Handover;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Configures a context with the database of its tests. It also makes contexts of different classes distinct.
 *
 * @param tests the class whose tests share the database
 */
record DatabaseCustomizer(Class<?> tests) implements ContextCustomizer {

    private static final String BEAN = "citusDatabaseConnectionDetails";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        Handover handover = Handover.of(tests);
        context.getEnvironment().getPropertySources().addLast(new DatabaseProperties(handover));
        RootBeanDefinition details = new RootBeanDefinition(
                JdbcConnectionDetails.class,
                () -> new DatabaseConnectionDetails(handover.database().connection()));
        ((BeanDefinitionRegistry) context.getBeanFactory()).registerBeanDefinition(BEAN, details);
    }
}
