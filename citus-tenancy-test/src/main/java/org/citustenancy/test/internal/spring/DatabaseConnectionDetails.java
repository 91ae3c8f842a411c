package org.citustenancy.test.internal.spring;

import org.citustenancy.connection.ConnectionInfo;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** The connection of the application under test to the database of the class, as its owner. */
record DatabaseConnectionDetails(ContextDatabase database) implements JdbcConnectionDetails {

    private static final String BEAN = "citusDatabaseConnectionDetails";

    static void register(BeanDefinitionRegistry beans, ContextDatabase database) {
        beans.registerBeanDefinition(
                BEAN,
                new RootBeanDefinition(JdbcConnectionDetails.class, () -> new DatabaseConnectionDetails(database)));
    }

    private ConnectionInfo connection() {
        return database.named("the bean " + BEAN).connection();
    }

    @Override
    public String getJdbcUrl() {
        return connection().jdbcUrl();
    }

    @Override
    public String getUsername() {
        return connection().user();
    }

    @Override
    public String getPassword() {
        return connection().password().reveal();
    }
}
